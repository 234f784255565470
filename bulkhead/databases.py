"""DATABASES for a project and its components, from URLs, SQLite files by default."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS

from bulkhead.errors import MissingExtraError

SQLITE_ENGINE = "django.db.backends.sqlite3"
SQLITE_FOR_THE_WEB = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
}
"""Readers never wait for the writer, and a writer waits its turn (at most 20 seconds)."""


def databases(
    *labels: str,
    directory: Path | str,
    environ: Mapping[str, str] = os.environ,
    conn_max_age: int = 60,
) -> dict[str, dict[str, Any]]:
    """Return DATABASES: `default`, and one for each component that is named by its label.

    URLs come from the environment: `DATABASE_URL` for `default`, `INVOICING_DATABASE_URL` for the
    component `invoicing`, and `INVOICING_REPLICA_URL` for a database that only answers its reads.

    Without any URL, each is an SQLite file in `directory`.
    With `DATABASE_URL` alone, a component without a URL has no alias, and so lives in `default`.

    Raise ImproperlyConfigured for a URL that can't be read, naming its variable, and for a folder
    that can't be made.
    """
    source = _Source(Path(directory), environ, conn_max_age)
    configured = {DEFAULT_DB_ALIAS: source.default()}
    for label in labels:
        configured |= source.component(label)
    return configured


class _Source:
    """Reads one database after another from the environment."""

    def __init__(self, directory: Path, environ: Mapping[str, str], conn_max_age: int) -> None:
        self.directory = directory
        self.environ = environ
        self.conn_max_age = conn_max_age

    def default(self) -> dict[str, Any]:
        return self.from_url("DATABASE_URL") or self.sqlite_file(DEFAULT_DB_ALIAS)

    def component(self, label: str) -> dict[str, dict[str, Any]]:
        variable = f"{label.upper()}_DATABASE_URL"
        database = self.from_url(variable)
        replica = self.from_url(f"{label.upper()}_REPLICA_URL")
        if replica is not None:
            if database is None:
                msg = (
                    f"{label.upper()}_REPLICA_URL is set, but {variable} is not. "
                    f"Set both, or drop the replica."
                )
                raise ImproperlyConfigured(msg)
            replica |= {"TEST": {"MIRROR": label}, "REPLICA_OF": label}
            return {label: database, f"{label}_replica": replica}
        if database is None and not self.environ.get("DATABASE_URL"):
            database = self.sqlite_file(label)
        return {} if database is None else {label: database}

    def from_url(self, variable: str) -> dict[str, Any] | None:
        url = self.environ.get(variable)
        if not url:
            return None
        try:
            import dj_database_url  # noqa: PLC0415 - an extra
        except ImportError:
            part = f"Reading {variable}"
            raise MissingExtraError(part, package="dj-database-url", extra="databases") from None
        try:
            database: dict[str, Any] = dict(
                dj_database_url.parse(
                    url, conn_max_age=self.conn_max_age, conn_health_checks=self.conn_max_age > 0
                )
            )
        except ValueError as error:
            msg = (
                f"{variable} is no database URL: {str(error).rstrip('.')}. "
                f"Write it as postgres://user:password@host:5432/name or sqlite:///path/to/file."
            )
            raise ImproperlyConfigured(msg) from error
        return _fit_for_the_web(database) if database["ENGINE"] == SQLITE_ENGINE else database

    def sqlite_file(self, alias: str) -> dict[str, Any]:
        try:
            self.directory.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            msg = (
                f"The folder {self.directory} for the SQLite files can't be made: "
                f"{error.strerror}. Name a folder that can be written, or set DATABASE_URL."
            )
            raise ImproperlyConfigured(msg) from error
        path = self.directory / f"{alias}.sqlite3"
        return _fit_for_the_web({"ENGINE": SQLITE_ENGINE, "NAME": str(path)})


def _fit_for_the_web(database: Mapping[str, Any]) -> dict[str, Any]:
    """Add options, where they are not given, and a file for tests, unless it is in memory."""
    name = database["NAME"]
    options = {**SQLITE_FOR_THE_WEB, **database.get("OPTIONS", {})}
    test = (
        {} if name == ":memory:" else {"NAME": str(Path(name).with_name(f"test_{Path(name).name}"))}
    )
    return {"ENGINE": SQLITE_ENGINE, "NAME": name, "OPTIONS": options, "TEST": test}
