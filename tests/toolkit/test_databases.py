from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from bulkhead.databases import SQLITE_FOR_THE_WEB, databases
from bulkhead.errors import MissingExtraError

SQLITE = "django.db.backends.sqlite3"
POSTGRESQL = "django.db.backends.postgresql"


def sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": SQLITE,
        "NAME": str(path),
        "OPTIONS": SQLITE_FOR_THE_WEB,
        "TEST": {"NAME": str(path.with_name(f"test_{path.name}"))},
    }


def places(configured: dict[str, dict[str, Any]]) -> dict[str, str]:
    return {alias: Path(database["NAME"]).name for alias, database in configured.items()}


class TestWithoutUrls:
    def test_is_an_sqlite_file_for_each(self, tmp_path: Path) -> None:
        found = databases("ropes", "cranes", directory=tmp_path, environ={})

        assert found == {
            "default": sqlite(tmp_path / "default.sqlite3"),
            "ropes": sqlite(tmp_path / "ropes.sqlite3"),
            "cranes": sqlite(tmp_path / "cranes.sqlite3"),
        }

    def test_refuses_a_directory_that_cannot_be_made(self, tmp_path: Path) -> None:
        (tmp_path / "var").touch()

        with pytest.raises(ImproperlyConfigured) as refused:
            databases(directory=tmp_path / "var" / "own", environ={})

        assert str(refused.value) == (
            f"The folder {tmp_path}/var/own for the SQLite files can't be made: Not a directory. "
            f"Name a folder that can be written, or set DATABASE_URL."
        )

    def test_makes_the_directory(self, tmp_path: Path) -> None:
        databases(directory=tmp_path / "var" / "own", environ={})

        assert (tmp_path / "var" / "own").is_dir()

    def test_reads_the_environment_of_the_process(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("DATABASE_URL", "sqlite:////srv/all.sqlite3")

        found = databases("ropes", directory=tmp_path)

        assert found == {"default": sqlite(Path("/srv/all.sqlite3"))}

    def test_lets_nobody_change_the_options_of_others(self, tmp_path: Path) -> None:
        found = databases("ropes", directory=tmp_path, environ={})

        found["ropes"]["OPTIONS"]["timeout"] = 1

        assert found["default"]["OPTIONS"] == SQLITE_FOR_THE_WEB
        assert SQLITE_FOR_THE_WEB["timeout"] == 20


class TestWithUrls:
    def test_is_one_database_where_that_of_the_project_is_alone(self, tmp_path: Path) -> None:
        environ = {"DATABASE_URL": "postgres://ann:secret@db:5432/everything"}

        found = databases("ropes", "cranes", directory=tmp_path, environ=environ)

        assert found == {
            "default": {
                "ENGINE": POSTGRESQL,
                "NAME": "everything",
                "USER": "ann",
                "PASSWORD": "secret",
                "HOST": "db",
                "PORT": 5432,
                "CONN_MAX_AGE": 60,
                "CONN_HEALTH_CHECKS": True,
                "DISABLE_SERVER_SIDE_CURSORS": False,
            }
        }

    def test_is_a_database_for_each_that_has_one(self, tmp_path: Path) -> None:
        environ = {"DATABASE_URL": "postgres:///main", "ROPES_DATABASE_URL": "postgres:///ropes"}

        found = databases("ropes", "cranes", directory=tmp_path, environ=environ)

        assert places(found) == {"default": "main", "ropes": "ropes"}

    def test_leaves_the_others_in_files_where_the_project_has_none(self, tmp_path: Path) -> None:
        environ = {"ROPES_DATABASE_URL": "postgres:///ropes"}

        found = databases("ropes", "cranes", directory=tmp_path, environ=environ)

        assert places(found) == {
            "default": "default.sqlite3",
            "ropes": "ropes",
            "cranes": "cranes.sqlite3",
        }

    def test_takes_an_empty_url_for_none(self, tmp_path: Path) -> None:
        environ = {"DATABASE_URL": "", "ROPES_DATABASE_URL": ""}

        found = databases("ropes", directory=tmp_path, environ=environ)

        assert places(found) == {"default": "default.sqlite3", "ropes": "ropes.sqlite3"}

    def test_reads_the_folder_of_a_socket(self, tmp_path: Path) -> None:
        environ = {"DATABASE_URL": "postgres://%2Frun%2FMy%20Socket/main"}

        found = databases(directory=tmp_path, environ=environ)

        assert found["default"]["HOST"] == "/run/My Socket"

    def test_closes_connections_at_once_where_asked(self, tmp_path: Path) -> None:
        environ = {"DATABASE_URL": "postgres:///main"}

        found = databases(directory=tmp_path, environ=environ, conn_max_age=0)

        assert found["default"]["CONN_MAX_AGE"] == 0
        assert found["default"]["CONN_HEALTH_CHECKS"] is False

    def test_makes_sqlite_fit_for_the_web(self, tmp_path: Path) -> None:
        environ = {"DATABASE_URL": "sqlite:////srv/main.sqlite3"}

        found = databases(directory=tmp_path, environ=environ)

        assert found == {"default": sqlite(Path("/srv/main.sqlite3"))}

    def test_keeps_the_options_of_an_sqlite_url(self, tmp_path: Path) -> None:
        environ = {"DATABASE_URL": "sqlite:////srv/main.sqlite3?timeout=3"}

        found = databases(directory=tmp_path, environ=environ)

        assert found["default"]["OPTIONS"] == {**SQLITE_FOR_THE_WEB, "timeout": 3}

    @pytest.mark.parametrize("url", ["sqlite://:memory:", "sqlite://"])
    def test_names_no_file_for_what_is_in_memory(self, tmp_path: Path, url: str) -> None:
        found = databases(directory=tmp_path, environ={"DATABASE_URL": url})

        assert found["default"]["NAME"] == ":memory:"
        assert found["default"]["TEST"] == {}


class TestReplicas:
    def test_are_databases_that_mirror_another(self, tmp_path: Path) -> None:
        environ = {
            "DATABASE_URL": "postgres:///main",
            "ROPES_DATABASE_URL": "postgres:///ropes",
            "ROPES_REPLICA_URL": "postgres://copy/ropes",
        }

        found = databases("ropes", directory=tmp_path, environ=environ)

        assert list(found) == ["default", "ropes", "ropes_replica"]
        assert found["ropes_replica"]["HOST"] == "copy"
        assert found["ropes_replica"]["REPLICA_OF"] == "ropes"
        assert found["ropes_replica"]["TEST"] == {"MIRROR": "ropes"}

    @pytest.mark.parametrize("main", [{"DATABASE_URL": "postgres:///main"}, {}])
    def test_need_a_database_to_copy(self, tmp_path: Path, main: dict[str, str]) -> None:
        environ = {**main, "ROPES_REPLICA_URL": "postgres://copy/ropes"}

        with pytest.raises(ImproperlyConfigured) as raised:
            databases("ropes", directory=tmp_path, environ=environ)

        assert str(raised.value) == (
            "ROPES_REPLICA_URL is set, but ROPES_DATABASE_URL is not. "
            "Set both, or drop the replica."
        )


class TestRefusals:
    def test_name_the_variable_and_never_the_password(self, tmp_path: Path) -> None:
        environ = {"ROPES_DATABASE_URL": "postgres://ann:half#secret@db/main"}

        with pytest.raises(ImproperlyConfigured) as raised:
            databases("ropes", directory=tmp_path, environ=environ)

        assert str(raised.value) == (
            "ROPES_DATABASE_URL is no database URL: This string is not a valid url, possibly "
            "because some of its parts is not properly urllib.parse.quote()'ed. "
            "Write it as postgres://user:password@host:5432/name or sqlite:///path/to/file."
        )

    def test_name_the_schemes_that_are_known(self, tmp_path: Path) -> None:
        with pytest.raises(ImproperlyConfigured) as raised:
            databases(directory=tmp_path, environ={"DATABASE_URL": "postgre://db/main"})

        message = str(raised.value)
        assert message.startswith(
            "DATABASE_URL is no database URL: Scheme 'postgre://' is unknown."
        )
        assert message.endswith(
            ". Write it as postgres://user:password@host:5432/name or sqlite:///path/to/file."
        )

    def test_name_the_extra_that_reads_urls(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "dj_database_url", None)

        with pytest.raises(MissingExtraError) as raised:
            databases(directory=tmp_path, environ={"DATABASE_URL": "postgres:///main"})

        assert str(raised.value) == (
            "Reading DATABASE_URL needs dj-database-url, which is not installed. "
            "Install it with: pip install 'django-bulkhead[databases]'"
        )

    def test_need_no_extra_without_urls(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "dj_database_url", None)

        assert list(databases("ropes", directory=tmp_path, environ={})) == ["default", "ropes"]
