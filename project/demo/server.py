"""Serves the project on loopback until it is told to end: `python -m project.demo.server PORT`."""

from __future__ import annotations

import contextlib
import sys

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from project.demo.ports import LOOPBACK

_THREADS = 4


def main(port: int) -> None:
    """Serve until somebody presses Ctrl-C, closes the terminal or ends the process."""
    server = Granian(
        "project.wsgi:application",
        address=LOOPBACK,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
    )
    # Where its terminal is closed, granian would start its worker anew, and stay.
    server.signal_handler_reload = server.signal_handler_interrupt  # type: ignore[method-assign]
    with contextlib.suppress(KeyboardInterrupt):
        server.serve()
    sys.stdout.write("\nThe demo has ended; its data is kept.\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
