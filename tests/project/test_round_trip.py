"""Everything that the demo has, dumped in one layout of databases and loaded in another."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import LiteralString
from uuid import uuid4

import psycopg
import pytest
from psycopg import sql

from tests.layouts import data_folder
from tests.postgresql import Server, start_postgresql

pytestmark = pytest.mark.any_layout

ROOT = Path(__file__).resolve().parents[2]
LABELS = ("contracting", "invoicing", "budgeting")
DUMP = (
    "--natural-foreign",
    *("--exclude", "contenttypes", "--exclude", "auth.permission"),
    *("--output", "all.json.gz"),
)

MORE_ROWS = """
from django.contrib.admin.models import ADDITION, LogEntry
from django.contrib.auth.models import Group, Permission, User
from django.contrib.contenttypes.models import ContentType

admin = User.objects.get(username="admin")
approvers = Group.objects.create(name="Approvers")
approvers.permissions.set(Permission.objects.filter(codename="approve_invoice"))
admin.groups.add(approvers)
admin.user_permissions.set(approvers.permissions.all())
LogEntry.objects.create(
    user=admin,
    content_type=ContentType.objects.get(app_label="invoicing", model="invoicerow"),
    object_id="1",
    object_repr="an invoice",
    action_flag=ADDITION,
)
"""

SNAPSHOT = """
import json
from django.apps import apps
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder

content_types = {one.pk: one.natural_key() for one in ContentType.objects.all()}
permissions = {one.pk: one.natural_key() for one in Permission.objects.all()}

def told(name, value):
    names = {"content_type_id": content_types, "permission_id": permissions}.get(name, {})
    return names.get(value, value)

rows = {}
for model in apps.get_models(include_auto_created=True):
    if model not in (ContentType, Permission):
        found = [
            {name: told(name, value) for name, value in row.items()}
            for row in model._base_manager.order_by("pk").values()
        ]
        rows[model._meta.label] = found
print(json.dumps(rows, cls=DjangoJSONEncoder))
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The reference project in a layout of its own."""

    folder: Path
    databases: Mapping[str, str]

    def manage(self, *arguments: str, stdin: str = "") -> str:
        kept = {name: text for name, text in os.environ.items() if not name.endswith("_URL")}
        kept.pop("DJANGO_SETTINGS_MODULE", None)
        done = subprocess.run(  # noqa: S603 - our own Python, our own project
            [sys.executable, str(ROOT / "manage.py"), *arguments],
            cwd=self.folder,
            env={**kept, **self.databases, "VAR_DIR": str(self.folder), "NO_COLOR": "1"},
            input=stdin,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def rows(self) -> Mapping[str, list[object]]:
        found: Mapping[str, list[object]] = json.loads(self.run(SNAPSHOT))
        return found

    def run(self, code: str) -> str:
        return self.manage("shell", "--verbosity", "0", "--command", code)


@pytest.fixture
def layouts(tmp_path: Path) -> Iterator[Mapping[str, Mapping[str, str]]]:
    """Yield the variables of each layout, with databases of their own that are empty."""
    server = start_postgresql(data_folder())
    names = [f"round_{uuid4().hex[:8]}_{label}" for label in ("single", "default", *LABELS)]
    single, default, *own = (server.url(name) for name in names)
    for name in names:
        _administer(server, "CREATE DATABASE {}", name)
    yield {
        "sqlite": {},
        "sqlite-single": {"DATABASE_URL": f"sqlite:///{tmp_path / 'single.sqlite3'}"},
        "postgresql-single": {"DATABASE_URL": single},
        "postgresql": {
            "DATABASE_URL": default,
            **{
                f"{label.upper()}_DATABASE_URL": url for label, url in zip(LABELS, own, strict=True)
            },
        },
    }
    for name in names:
        _administer(server, "DROP DATABASE {} WITH (FORCE)", name)


def _administer(server: Server, statement: LiteralString, name: str) -> None:
    with psycopg.connect(server.url("postgres"), autocommit=True) as connection:
        connection.execute(sql.SQL(statement).format(sql.Identifier(name)))


def test_every_row_survives_every_layout(
    layouts: Mapping[str, Mapping[str, str]], tmp_path: Path
) -> None:
    first = Site(folder=_folder(tmp_path, "sqlite"), databases=layouts["sqlite"])
    first.manage("demo", "--no-serve", "--invoices", "40", "--password", "for-a-test")
    first.run(MORE_ROWS)
    expected = first.rows()
    first.manage("dumpdata", *DUMP)
    dump = first.folder / "all.json.gz"

    for layout in ("postgresql-single", "sqlite-single", "postgresql"):
        site = Site(folder=_folder(tmp_path, layout), databases=layouts[layout])
        site.manage("migrate", "--verbosity", "0")
        site.manage("loaddata", str(dump))
        assert site.rows() == expected, layout
        site.manage("dumpdata", *DUMP)
        dump = site.folder / "all.json.gz"

    back = Site(folder=_folder(tmp_path, "back"), databases={})
    back.manage("migrate", "--verbosity", "0")
    back.manage("loaddata", str(dump))

    assert back.rows() == expected
    assert len(expected["invoicing.InvoiceRow"]) >= 40
    assert {label for label, rows in expected.items() if not rows} <= {"sessions.Session"}


def _folder(parent: Path, name: str) -> Path:
    folder = parent / name
    folder.mkdir()
    return folder
