"""Ports on loopback: whether one is free, and which other one is."""

from __future__ import annotations

import socket

LOOPBACK = "127.0.0.1"
_LOWEST, _HIGHEST = 1, 65_535
_TRIES = 50


class BadPortError(Exception):
    """The number is no port."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"{port} is no port. A port is a number from {_LOWEST} to {_HIGHEST}, such as 8000."
        )


class PortTakenError(Exception):
    """Another program answers on the port, or this user may not use it."""

    def __init__(self, port: int, refusal: OSError) -> None:
        other = _free_port_after(port)
        reason = refusal.strerror or str(refusal)
        super().__init__(
            f"Port {port} can't be used: {reason.lower()}. "
            f"End the program that uses it, or take another one: manage.py demo --port {other}"
        )


def require_port(port: int) -> None:
    """Raise BadPortError or PortTakenError unless one can serve on this port."""
    if not _LOWEST <= port <= _HIGHEST:
        raise BadPortError(port)
    refusal = _refusal(port)
    if refusal:
        raise PortTakenError(port, refusal)


def _refusal(port: int) -> OSError | None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just left is free
        try:
            probe.bind((LOOPBACK, port))
        except OSError as error:
            return error
    return None


def _free_port_after(port: int) -> int:
    """Return the next free port, and the next one at all where all that were tried are taken."""
    for other in range(port + 1, min(port + _TRIES, _HIGHEST + 1)):
        if not _refusal(other):
            return other
    return 8000 if port + 1 > _HIGHEST else port + 1
