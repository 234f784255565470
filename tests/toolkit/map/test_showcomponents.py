"""`showcomponents` in a project."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.toolkit.projects import ThrowAwayProject, throw_away_project

pytestmark = pytest.mark.own_databases

WITHOUT_NINJA = """
import sys
sys.modules["ninja"] = None
"""
ADOPTED = """
from bulkhead.components import ComponentConfig


class YardConfig(ComponentConfig):
    name = "yard"
"""
NOWHERE = """
DATABASES["stock"] = {
    "ENGINE": "django.db.backends.postgresql",
    "HOST": "/nowhere",
    "NAME": "stock",
}
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ThrowAwayProject]:
    """Yield a project in which `billing` has all layers of plain code, and `stock` its rows."""
    with throw_away_project(tmp_path) as project:
        layers = "--layers=domain,db,service,public,api"
        project.done("startcomponent", "billing", layers, "--aggregate=Invoice")
        project.apps.append("billing")
        project.add_database("billing")
        project.add_component("stock", depends_on=("billing",), owner="Yard")
        yield project


def shown(project: ThrowAwayProject) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(project.done("showcomponents", "--format=json").output)
    return found


class TestShowComponents:
    def test_reads_what_is_installed(self, project: ThrowAwayProject) -> None:
        project.done("makemigrations", "billing", "stock", "--skip-checks")
        project.done("migrate", "--skip-checks")

        billing, stock = shown(project)["components"]

        assert billing == {
            "label": "billing",
            "package": "billing",
            "owner": "",
            "database": {"alias": "billing", "state": "ready", "unapplied": 0, "problem": ""},
            "layers": ["domain", "db", "service", "public", "api"],
            "depends_on": [],
            "depends_on_legacy": [],
            "used_by": ["stock"],
            "seals": [],
            "seal_states": [
                {"seal": "imports", "state": "clean", "in_the_way": 0},
                {"seal": "references", "state": "clean", "in_the_way": 0},
                {"seal": "queries", "state": "not watched yet", "in_the_way": 0},
                {"seal": "transactions", "state": "not watched yet", "in_the_way": 0},
            ],
            "public": ["get_invoice"],
            "endpoints": [
                "GET /billing/invoices",
                "POST /billing/invoices",
                "GET /billing/invoices/{invoice_id}",
                "POST /billing/invoices/{invoice_id}/close",
            ],
            "rows": [{"model": "InvoiceRow", "table": "billing_invoicerow", "count": 0}],
        }
        assert stock["owner"] == "Yard"
        assert stock["depends_on"] == ["billing"]

    def test_counts_the_models_of_an_adopted_app_as_its_db_layer(
        self, project: ThrowAwayProject
    ) -> None:
        project.write("yard/apps.py", ADOPTED)
        project.write("yard/views.py")
        project.add_app("yard")

        _, _, yard = shown(project)["components"]

        assert yard["layers"] == ["db", "views"]

    def test_counts_the_migrations_that_have_not_run(self, project: ThrowAwayProject) -> None:
        project.done("makemigrations", "billing", "stock", "--skip-checks")

        found = shown(project)

        billing, _ = found["components"]
        assert billing["database"]["state"] == "unapplied migrations"
        assert billing["database"]["unapplied"] == 1
        assert billing["rows"] == [
            {"model": "InvoiceRow", "table": "billing_invoicerow", "count": None}
        ]
        assert found["next_steps"][0]["command"] == "python manage.py migrate"

    def test_shows_an_unreachable_database_as_such(self, project: ThrowAwayProject) -> None:
        project.more_settings = NOWHERE

        done = project.done("showcomponents")

        assert "stock: unreachable" in done.output
        assert "The database 'stock' can't be reached: connection" in done.output
        assert "billing: ready" in done.output

    def test_shows_an_alias_that_is_not_there(self, project: ThrowAwayProject) -> None:
        project.more_settings = 'del DATABASES["stock"]\n'
        project.add_component("rates", own_database=False, database="nowhere")

        _, rates, stock = shown(project)["components"]

        assert rates["database"] == {
            "alias": "nowhere",
            "state": "unreachable",
            "unapplied": 0,
            "problem": "DATABASES has no such alias. It has: billing, default.",
        }
        assert stock["database"]["alias"] == "default"

    def test_can_do_without_the_packages_for_endpoints(self, project: ThrowAwayProject) -> None:
        project.more_settings = WITHOUT_NINJA

        billing, _ = shown(project)["components"]

        assert billing["endpoints"] is None
        assert billing["public"] == ["get_invoice"]

    def test_draws_without_asking_a_database(self, project: ThrowAwayProject) -> None:
        project.more_settings = NOWHERE

        done = project.done("showcomponents", "--format=mermaid")

        assert done.output == (
            "flowchart TD\n"
            '    billing["<b>billing</b><br>domain · db · service · public · api"]\n'
            '    stock["<b>stock</b><br>db"]\n'
            "    stock --> billing\n"
        )

    def test_says_what_is_wrong_with_a_router(self, project: ThrowAwayProject) -> None:
        project.write("billing/api/routes.py", "router = None\n")

        refused = project.manage("showcomponents")

        assert refused.status == 1
        assert refused.errors.startswith("CommandError: billing has an api, but no router: ")

    def test_says_what_is_wrong_with_migrations(self, project: ThrowAwayProject) -> None:
        project.add_migration("stock/db", "0002_more", "", dependencies=(("stock", "0001_first"),))

        refused = project.manage("showcomponents")

        assert refused.status == 1
        assert refused.errors == (
            "CommandError: Migration stock.0002_more dependencies reference nonexistent parent "
            "node ('stock', '0001_first')\n"
        )
