"""Puts test databases on SQLite into files: in memory, two threads lock each other out."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from bulkhead.components import installed_components

_SQLITE = "django.db.backends.sqlite3"


def put_sqlite_into_files() -> None:
    """Name a file for each SQLite alias of a project with components, where none is named.

    An alias whose name, or whose test database's name, says memory stays there.
    """
    if not installed_components():
        return
    for database in settings.DATABASES.values():
        test = database.setdefault("TEST", {})
        name = str(database.get("NAME") or ":memory:")
        if database.get("ENGINE") != _SQLITE or test.get("NAME") or test.get("MIRROR"):
            continue
        if ":memory:" not in name and "mode=memory" not in name:
            test["NAME"] = str(Path(name).with_name(f"test_{Path(name).name}"))
