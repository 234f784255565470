"""Serves the project on loopback, as a production server would."""

from __future__ import annotations

import os

from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from project.demo.ports import LOOPBACK

_THREADS = 4


def serve(*, port: int) -> None:
    """Serve until somebody presses Ctrl-C or ends the process."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "project.demo.settings"  # the worker is a new process
    server = Granian(
        "project.wsgi:application",
        address=LOOPBACK,
        port=port,
        interface=Interfaces.WSGI,
        blocking_threads=_THREADS,
        log_level=LogLevels.warning,
    )
    server.serve()
