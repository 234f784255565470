"""Serves the project on loopback until it is told to end: `python -m project.demo.server PORT`."""

from __future__ import annotations

import contextlib
import sys

from django.core.exceptions import ImproperlyConfigured

from project.demo.endings import hear_endings
from project.demo.ports import LOOPBACK, PortTakenError

_THREADS = 8
"""More than a browser asks for at once, so that nothing has to queue."""


def main(port: int) -> None:
    """Serve until somebody presses Ctrl-C, closes the terminal or ends the process.

    One process with threads: there is no worker that could stay behind.
    """
    try:
        hear_endings()
        _serve(port)
    except (PortTakenError, ImproperlyConfigured) as error:
        sys.exit(f"Error: {error}")
    except KeyboardInterrupt:
        pass  # it came before there was a server
    with contextlib.suppress(OSError):  # its terminal may be closed
        print("\nThe demo has ended; its data is kept.", flush=True)  # noqa: T201


def _serve(port: int) -> None:
    from waitress.server import create_server  # noqa: PLC0415 - endings are heard already here

    from project.wsgi import application  # noqa: PLC0415 - likewise

    try:
        server = create_server(application, host=LOOPBACK, port=port, threads=_THREADS)
    except OSError as error:  # somebody else was faster
        raise PortTakenError(port, error) from error
    server.run()


if __name__ == "__main__":
    main(int(sys.argv[1]))
