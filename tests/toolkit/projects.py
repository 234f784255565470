"""Small Django projects that a test builds in a folder, and runs in a process of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent
from typing import LiteralString
from uuid import uuid4

import psycopg
from psycopg import sql

from tests.layouts import chosen_layout, data_folder
from tests.postgresql import Server, start_postgresql

REPOSITORY = Path(__file__).resolve().parents[2]

MANAGE = """
import os, sys
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
from django.core.management import execute_from_command_line
execute_from_command_line(sys.argv)
"""

SETTINGS = """
from pathlib import Path
from bulkhead.databases import databases

SECRET_KEY = "for-a-test"
DEBUG = True
USE_TZ = True
INSTALLED_APPS = {installed_apps!r}
DATABASES = databases(*{own_databases!r}, directory=Path(__file__).parent / "var")
DATABASE_ROUTERS = ["bulkhead.routers.ComponentRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STATIC_URL = "static/"
ROOT_URLCONF = "urls"
{more}
"""

CREATE = """migrations.CreateModel("{name}", [
    ("id", models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )),
    ("number", models.CharField(max_length=20)),
])"""

DJANGO_APPS = ("django.contrib.contenttypes", "django.contrib.auth")

ONE_FIELD = """
class {name}(models.Model):
    number = models.CharField(max_length=20)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What a process said, and its exit status."""

    status: int
    output: str
    errors: str


@dataclass(slots=True, kw_only=True)
class ThrowAwayProject:
    """A Django project with a settings file, a `manage.py`, and the apps that a test adds.

    Its apps are top-level packages in its folder.
    """

    root: Path
    server: Server | None = None
    """PostgreSQL, or None for SQLite files in `var/`."""
    environ: dict[str, str] = field(default_factory=dict)
    apps_before: list[str] = field(default_factory=list)
    """What stands before `bulkhead` in INSTALLED_APPS."""
    apps: list[str] = field(default_factory=lambda: list(DJANGO_APPS))
    own_databases: list[str] = field(default_factory=list)
    """The labels given to `databases()`."""
    more_settings: str = ""

    def add_component(
        self, label: str, *, models: str | None = None, own_database: bool = True, **config: object
    ) -> None:
        """Write a component with its `db` layer; by default it has one row and its own database.

        `config` are attributes of its ComponentConfig.
        """
        lines = "".join(f"    {name} = {value!r}\n" for name, value in config.items())
        self.write(
            f"{label}/apps.py",
            "from bulkhead.components import ComponentConfig\n\n\n"
            f"class {label.title()}Config(ComponentConfig):\n    name = {label!r}\n{lines}",
        )
        self.write(f"{label}/__init__.py")
        self.write(f"{label}/db/__init__.py")
        self._write_models(f"{label}/db", models or ONE_FIELD.format(name=f"{label.title()}Row"))
        self.apps.append(label)
        if own_database:
            self.add_database(label)

    def add_database(self, label: str) -> None:
        """Let `databases()` give this label an alias; `default` is there from the start."""
        if label != "default":
            self.own_databases.append(label)
        if self.server is not None:
            variable = "DATABASE_URL" if label == "default" else f"{label.upper()}_DATABASE_URL"
            url = self.server.url(f"thrown_{uuid4().hex[:8]}_{label}")
            _administer(self.server, "CREATE DATABASE {}", url)
            self.environ[variable] = url

    def add_app(self, label: str, *, models: str | None = None) -> None:
        """Write a plain Django app."""
        self.write(f"{label}/__init__.py")
        self._write_models(label, models or ONE_FIELD.format(name=label.title()))
        self.apps.append(label)

    def add_migration(
        self, folder: str, name: str, operations: str, *, dependencies: tuple[object, ...] = ()
    ) -> None:
        """Write a migration into `<folder>/migrations`, `invoicing/db` for a component."""
        self.write(
            f"{folder}/migrations/{name}.py",
            "from django.db import migrations, models\n\n\n"
            "class Migration(migrations.Migration):\n"
            f"    initial = {name.startswith('0001')}\n"
            f"    dependencies = {list(dependencies)!r}\n"
            f"    operations = [{operations}]\n",
        )

    def write(self, path: str, text: str = "") -> Path:
        """Write a file of the project, its folders too."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(dedent(text), encoding="utf-8")
        return target

    def manage(self, *arguments: str, stdin: str = "", **environ: str) -> Run:
        """Run `manage.py` with these arguments."""
        self._write_settings()
        return self._run(["manage.py", *arguments], environ, stdin)

    def python(self, code: str, **environ: str) -> Run:
        """Run code after `django.setup()`."""
        self._write_settings()
        self.write("code_to_run.py", f"import django\ndjango.setup()\n{dedent(code)}")
        return self._run(["code_to_run.py"], environ)

    def interpret(self, *arguments: str) -> Run:
        """Run Python with these arguments, such as `-m pytest`."""
        self._write_settings()
        return self._run(list(arguments), {})

    def done(self, *arguments: str, **environ: str) -> Run:
        """Run `manage.py`, which has to end well."""
        run = self.manage(*arguments, **environ)
        assert run.status == 0, run.output + run.errors
        return run

    def _write_models(self, folder: str, models: str) -> None:
        self.write(
            f"{folder}/models.py", f"from django.db import models\n\n\n{dedent(models).strip()}\n"
        )
        self.write(f"{folder}/migrations/__init__.py")

    def _write_settings(self) -> None:
        self.write("manage.py", MANAGE)
        self.write("urls.py", "urlpatterns = []\n")
        self.write(
            "settings.py",
            SETTINGS.format(
                installed_apps=[*self.apps_before, "bulkhead", *self.apps],
                own_databases=self.own_databases,
                more=dedent(self.more_settings),
            ),
        )

    def _run(self, command: list[str], environ: Mapping[str, str], stdin: str = "") -> Run:
        inherited = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
        own = {
            "DJANGO_SETTINGS_MODULE": "settings",
            "PYTHONPATH": os.pathsep.join([str(self.root), str(REPOSITORY)]),
            "PYTHONDONTWRITEBYTECODE": "1",
            "NO_COLOR": "1",
        }
        done = subprocess.run(  # noqa: S603 - this Python, and files of this test
            [sys.executable, *command],
            cwd=self.root,
            env={**inherited, **own, **self.environ, **environ},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        return Run(status=done.returncode, output=done.stdout, errors=done.stderr)


@contextmanager
def throw_away_project(root: Path) -> Iterator[ThrowAwayProject]:
    """Yield an empty project on the database system of the chosen layout, one database each."""
    if not chosen_layout().startswith("postgresql"):
        yield ThrowAwayProject(root=root)
        return
    server = start_postgresql(data_folder())
    project = ThrowAwayProject(root=root, server=server)
    project.add_database("default")
    try:
        yield project
    finally:
        urls = (value for name, value in project.environ.items() if name.endswith("DATABASE_URL"))
        for url in urls:
            _administer(server, "DROP DATABASE IF EXISTS {} WITH (FORCE)", url)


def _administer(server: Server, statement: LiteralString, url: str) -> None:
    name = sql.Identifier(url.rpartition("/")[2])
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(name))
