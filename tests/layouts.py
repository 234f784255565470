"""Where the databases of a test run are: SQLite or PostgreSQL, one each or one for all."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.postgresql import start_postgresql

ALIASES = ("default", "contracting", "invoicing", "budgeting", "stock", "sales")


def chosen_layout() -> str:
    """Return `BULKHEAD_TEST_LAYOUT`: sqlite, sqlite-single, postgresql or postgresql-single."""
    return os.environ.get("BULKHEAD_TEST_LAYOUT", "sqlite")


def chosen_space() -> str:
    """Return `BULKHEAD_TEST_SPACE`: two runs at once need two of them."""
    space = os.environ.get("BULKHEAD_TEST_SPACE", "default")
    if not re.fullmatch(r"[a-z0-9_-]{1,30}", space):
        msg = (
            f"BULKHEAD_TEST_SPACE is {space!r}, which can't be a part of a file's name. "
            f"Use at most 30 lower-case letters, digits, hyphens and underscores."
        )
        raise ValueError(msg)
    return space


def environ_of(layout: str, *, directory: Path) -> Mapping[str, str]:
    """Return the environment for `databases()`, with a PostgreSQL server started where needed.

    SQLite files go to the directory, which is made.
    """
    match layout:
        case "sqlite":
            return {}
        case "sqlite-single":
            directory.mkdir(parents=True, exist_ok=True)
            return {"DATABASE_URL": f"sqlite:///{directory / 'single.sqlite3'}"}
        case "postgresql":
            server = start_postgresql(data_folder())
            return {_variable(alias): server.url(f"bulkhead_{alias}") for alias in ALIASES}
        case "postgresql-single":
            server = start_postgresql(data_folder())
            return {"DATABASE_URL": server.url("bulkhead_single")}
    msg = f"{layout!r} is no layout: sqlite, sqlite-single, postgresql or postgresql-single."
    raise ValueError(msg)


def _variable(alias: str) -> str:
    return "DATABASE_URL" if alias == "default" else f"{alias.upper()}_DATABASE_URL"


def data_folder() -> Path:
    """Return a short path: it holds the socket, whose path may have 107 bytes at most."""
    return Path(tempfile.gettempdir()).resolve() / f"bulkhead-pg-{os.getuid()}-{chosen_space()}"
