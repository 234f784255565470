"""Hands over to the server, under settings of its own."""

from __future__ import annotations

import os
import subprocess
import sys

from django.conf import settings
from django.db import connections


def serve(*, port: int) -> None:
    """Become the server's process: what was set up here for development must not serve."""
    connections.close_all()
    command = [sys.executable, "-m", "project.demo.server", str(port)]
    paths = [str(settings.BASE_DIR), *filter(None, [os.environ.get("PYTHONPATH")])]
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "project.demo.settings",
        "PYTHONPATH": os.pathsep.join(paths),
    }
    if os.name == "nt":  # where a process can't become another one
        raise SystemExit(subprocess.call(command, env=environ))  # noqa: S603 - ours, all of it
    os.execve(sys.executable, command, environ)  # noqa: S606 - ours, all of it
