"""The signals that end the demo: Ctrl-C, a closed terminal, whoever ends the process."""

from __future__ import annotations

import signal
from types import FrameType
from typing import NoReturn

ENDINGS = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]


def hold_endings() -> None:
    """Keep them waiting, also while this process becomes another program."""
    if hasattr(signal, "pthread_sigmask"):  # Windows has none
        signal.pthread_sigmask(signal.SIG_BLOCK, ENDINGS)


def hear_endings() -> None:
    """Raise KeyboardInterrupt at the first one, be it one that waits, and ignore what follows.

    So whoever presses Ctrl-C twice does not disturb an end that is under way.
    """
    for ending in ENDINGS:
        signal.signal(ending, _end)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDINGS)


def _end(_: int, __: FrameType | None) -> NoReturn:
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)
    raise KeyboardInterrupt
