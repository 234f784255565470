"""Serves the project on loopback until it is told to end: `python -m project.demo.server PORT`."""

from __future__ import annotations

import contextlib
import sys
from types import FrameType

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from project.demo.ports import LOOPBACK

_THREADS = 4


class DemoServer(Granian):
    """A server that ends with its terminal."""

    def signal_handler_reload(self, signal: int, frame: FrameType | None) -> None:
        """End; granian itself would start its worker anew, and stay after the window is closed."""
        self.signal_handler_interrupt(signal, frame)


def main(port: int) -> None:
    """Serve until somebody presses Ctrl-C, closes the terminal or ends the process."""
    server = DemoServer(
        "project.wsgi:application",
        address=LOOPBACK,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
    )
    with contextlib.suppress(KeyboardInterrupt):
        server.serve()
    sys.stdout.write("\nThe demo has ended; its data is kept.\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
