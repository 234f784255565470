"""Commands that work on one database: dbshell, inspectdb, and those that write SQL."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.toolkit.projects import CREATE, ThrowAwayProject, throw_away_project

pytestmark = pytest.mark.own_databases

FAKE_CLIENT = """
from django.db.backends.base.client import BaseDatabaseClient
import django.db.backends.{vendor}.client as module

class Client(BaseDatabaseClient):
    def runshell(self, parameters):
        print(self.connection.alias, parameters)

module.DatabaseClient.runshell = Client.runshell
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowAwayProject]:
    """Yield a project of which `invoicing` has a database, and `billing` lives in `default`."""
    with throw_away_project(tmp_path_factory.mktemp("one")) as project:
        project.add_app("portfolio")
        project.add_migration("portfolio", "0001_initial", CREATE.format(name="Portfolio"))
        project.add_component("invoicing")
        project.add_migration("invoicing/db", "0001_initial", CREATE.format(name="InvoicingRow"))
        project.add_component("billing", own_database=False, database="default")
        project.add_migration("billing/db", "0001_initial", CREATE.format(name="BillingRow"))
        vendor = "sqlite3" if project.server is None else "postgresql"
        project.more_settings = FAKE_CLIENT.format(vendor=vendor)
        project.done("migrate", "--verbosity", "0")
        yield project


class TestDbshell:
    @pytest.mark.parametrize(
        ("arguments", "shell"),
        [
            ((), "default []"),
            (("--database", "invoicing"), "invoicing []"),
            (("--database", "billing"), "default []"),
            (("invoicing",), "invoicing []"),
            (("billing",), "default []"),
            (("invoicing", "--", "-c", "select 1"), "invoicing ['-c', 'select 1']"),
            (("--", "-c", "select 1"), "default ['-c', 'select 1']"),
            (("--database", "default", "invoicing"), "default ['invoicing']"),
        ],
    )
    def test_opens_the_database_that_is_meant(
        self, project: ThrowAwayProject, arguments: tuple[str, ...], shell: str
    ) -> None:
        assert project.done("dbshell", *arguments).output == f"{shell}\n"

    def test_refuses_what_is_neither_an_alias_nor_a_component(
        self, project: ThrowAwayProject
    ) -> None:
        run = project.manage("dbshell", "--database", "nowhere")

        assert run.status == 2
        assert "argument --database: invalid choice: 'nowhere' (choose from" in run.errors
        assert "billing" in run.errors


def models(text: str) -> list[str]:
    """Return the classes that inspectdb wrote."""
    return [line for line in text.splitlines() if line.startswith("class ")]


class TestInspectdb:
    @pytest.mark.parametrize(
        "arguments",
        [
            ("invoicing",),
            ("invoicing_invoicingrow",),
            ("--database", "invoicing", "invoicing_invoicingrow"),
        ],
    )
    def test_finds_the_tables_of_a_component(
        self, project: ThrowAwayProject, arguments: tuple[str, ...]
    ) -> None:
        run = project.done("inspectdb", *arguments)

        assert models(run.output) == ["class InvoicingInvoicingrow(models.Model):"]

    def test_shows_a_component_in_default_alone(self, project: ThrowAwayProject) -> None:
        run = project.done("inspectdb", "billing")

        assert models(run.output) == ["class BillingBillingrow(models.Model):"]

    def test_shows_default_without_arguments(self, project: ThrowAwayProject) -> None:
        run = project.done("inspectdb")

        assert "class PortfolioPortfolio(models.Model):" in models(run.output)
        assert "class InvoicingInvoicingrow(models.Model):" not in models(run.output)

    def test_refuses_tables_of_two_databases(self, project: ThrowAwayProject) -> None:
        run = project.manage("inspectdb", "invoicing_invoicingrow", "portfolio_portfolio")

        assert run.errors == (
            "CommandError: These tables are in several databases: 'default', 'invoicing'. Run the "
            "command once for the tables of each.\n"
        )

    def test_refuses_a_component_without_tables(self, project: ThrowAwayProject) -> None:
        other = replace(project, apps=[*project.apps], own_databases=[*project.own_databases])
        other.add_component("empty", own_database=False)

        run = other.manage("inspectdb", "empty")

        assert run.errors == (
            "CommandError: The component 'empty' has no tables in 'default'. Run 'manage.py "
            "migrate empty' to make them.\n"
        )


class TestSqlflush:
    def test_is_for_default_and_names_the_others(self, project: ThrowAwayProject) -> None:
        run = project.done("sqlflush")

        assert "portfolio_portfolio" in run.output
        assert "invoicing_invoicingrow" not in run.output
        assert run.errors == (
            "This is for 'default' alone; `flush` empties all. For each other one run 'manage.py "
            "sqlflush --database', with: invoicing.\n"
        )

    @pytest.mark.parametrize(
        ("arguments", "table"),
        [
            (("invoicing",), "invoicing_invoicingrow"),
            (("--database", "invoicing"), "invoicing_invoicingrow"),
            (("billing",), "billing_billingrow"),
        ],
    )
    def test_is_for_the_tables_that_are_meant(
        self, project: ThrowAwayProject, arguments: tuple[str, ...], table: str
    ) -> None:
        run = project.done("sqlflush", *arguments)

        statements = [line for line in run.output.splitlines() if "portfolio" in line]
        assert (statements, run.errors) == ([], "")
        assert table in run.output


class TestSqlmigrate:
    def test_is_for_the_database_of_the_app(self, project: ThrowAwayProject) -> None:
        run = project.done("sqlmigrate", "invoicing", "0001")

        assert "CREATE TABLE" in run.output
        assert run.errors == ""

    def test_says_where_it_would_do_something(self, project: ThrowAwayProject) -> None:
        run = project.done("sqlmigrate", "invoicing", "0001", "--database", "default")

        assert "(no-op)" in run.output
        assert run.errors == (
            "'invoicing' has no tables in 'default', but in: 'invoicing'. Leave --database out, "
            "or name the right one.\n"
        )

    def test_leaves_an_unknown_app_to_django(self, project: ThrowAwayProject) -> None:
        run = project.manage("sqlmigrate", "nowhere", "0001")

        assert run.errors == "CommandError: No installed app with label 'nowhere'.\n"


class TestSqlsequencereset:
    def test_refuses_apps_of_two_databases(self, project: ThrowAwayProject) -> None:
        run = project.manage("sqlsequencereset", "invoicing", "portfolio")

        assert run.errors == (
            "CommandError: These apps live in several databases: 'invoicing' in 'invoicing', "
            "'portfolio' in 'default'. SQL is written for one. Run the command once for the apps "
            "of each.\n"
        )

    def test_takes_the_apps_of_one(self, project: ThrowAwayProject) -> None:
        run = project.done("sqlsequencereset", "billing", "portfolio")

        assert "has no tables" not in run.errors

    def test_says_where_the_tables_are(self, project: ThrowAwayProject) -> None:
        run = project.done("sqlsequencereset", "invoicing", "--database", "default")

        assert run.errors.startswith(
            "'invoicing' has no tables in 'default', but in: 'invoicing'. Leave --database out, "
            "or name the right one.\n"
        )
