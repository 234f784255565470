from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.toolkit.commands.facts import facts
from tests.toolkit.projects import CREATE, ThrowAwayProject, throw_away_project

pytestmark = pytest.mark.own_databases

ROWS = """
from invoicing.db.models import InvoicingRow
from portfolio.models import Portfolio
InvoicingRow.objects.create(number="1")
InvoicingRow.objects.create(number="2")
Portfolio.objects.create(number="1")
"""
FLUSHING = """
from invoicing.db.models import InvoicingRow
from portfolio.models import Portfolio
from django.core.management import call_command
print(InvoicingRow.objects.count(), Portfolio.objects.count(), end="")
"""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowAwayProject]:
    with throw_away_project(tmp_path_factory.mktemp("migrated")) as project:
        project.add_app("portfolio")
        project.add_migration("portfolio", "0001_initial", CREATE.format(name="Portfolio"))
        project.add_component("invoicing")
        project.add_migration("invoicing/db", "0001_initial", CREATE.format(name="InvoicingRow"))
        project.done("migrate", "--verbosity", "0")
        yield project


@pytest.fixture
def project(migrated: ThrowAwayProject) -> ThrowAwayProject:
    """Return the project with two invoices and one portfolio."""
    migrated.done("flush", "--noinput", "--verbosity", "0")
    assert migrated.python(ROWS).status == 0
    return migrated


def left(project: ThrowAwayProject) -> str:
    """Return the number of invoices and of portfolios."""
    run = project.python(FLUSHING)
    assert run.status == 0, run.errors
    return run.output


class TestFlush:
    def test_names_every_database_and_asks(self, project: ThrowAwayProject) -> None:
        run = project.manage("flush", stdin="no\n")

        lines = run.output.splitlines()
        assert lines[:2] == [
            "You have requested a flush of all databases.",
            "This will IRREVERSIBLY DESTROY all rows in:",
        ]
        assert lines[2].startswith("  'default': ")
        assert lines[3].startswith("  'invoicing': 2 row(s) in 1 table(s) (")
        assert lines[4:] == [
            "Are you sure you want to do this?",
            "",
            "    Type 'yes' to continue, or 'no' to cancel: Flush cancelled.",
        ]
        assert left(project) == "2 1"

    def test_empties_all_where_the_answer_is_yes(self, project: ThrowAwayProject) -> None:
        run = project.manage("flush", stdin="yes\n")

        assert (run.status, run.errors) == (0, "")
        assert left(project) == "0 0"

    def test_writes_content_types_anew(self, project: ThrowAwayProject) -> None:
        project.done("flush", "--noinput")

        assert facts(project, "content_types()") == [
            "invoicing.invoicingrow",
            "portfolio.portfolio",
        ]

    def test_empties_one_database(self, project: ThrowAwayProject) -> None:
        run = project.manage("flush", "--database", "invoicing", stdin="yes\n")

        assert run.output.startswith(
            "You have requested a flush of the database 'invoicing'.\n"
            "This will IRREVERSIBLY DESTROY all rows in:\n"
            "  'invoicing': 2 row(s) in 1 table(s) ("
        )
        assert left(project) == "0 1"

    def test_empties_a_component_alone(self, project: ThrowAwayProject) -> None:
        run = project.manage("flush", "invoicing", stdin="yes\n")

        assert run.output.startswith("You have requested a flush of the component 'invoicing'.\n")
        assert left(project) == "0 1"

    def test_refuses_a_component_that_lives_elsewhere(self, project: ThrowAwayProject) -> None:
        run = project.manage("flush", "invoicing", "--database", "default", "--noinput")

        assert run.errors == (
            "CommandError: 'invoicing' does not live in 'default', but in 'invoicing'. None was "
            "flushed. Leave --database out, or name the right one.\n"
        )
        assert left(project) == "2 1"

    def test_refuses_a_label_of_no_component(self, project: ThrowAwayProject) -> None:
        run = project.manage("flush", "portfolio", "--noinput")

        assert run.errors == (
            "CommandError: No component is labelled 'portfolio'. Installed components: invoicing. "
            "Check the spelling, or add the component to INSTALLED_APPS.\n"
        )

    def test_goes_on_serving_code_that_names_a_database(self, project: ThrowAwayProject) -> None:
        run = project.python(
            FLUSHING + 'call_command("flush", database="default", interactive=False,'
            " reset_sequences=False, allow_cascade=False, inhibit_post_migrate=True)"
        )

        assert (run.status, run.errors) == (0, "")
        assert left(project) == "2 0"


class TestFlushOfAComponentInDefault:
    def test_leaves_the_rows_of_others(self, tmp_path_factory: pytest.TempPathFactory) -> None:
        with throw_away_project(tmp_path_factory.mktemp("one")) as project:
            project.add_app("portfolio")
            project.add_migration("portfolio", "0001_initial", CREATE.format(name="Portfolio"))
            project.add_component("invoicing", own_database=False)
            project.add_migration(
                "invoicing/db", "0001_initial", CREATE.format(name="InvoicingRow")
            )
            project.done("migrate", "--verbosity", "0")
            project.python(ROWS)

            run = project.manage("flush", "invoicing", stdin="yes\n")

            assert "\n  'default': 2 row(s) in 1 table(s) (" in run.output
            assert left(project) == "0 1"
            assert facts(project, "content_types()") == [
                "invoicing.invoicingrow",
                "portfolio.portfolio",
            ]

    def test_says_what_keeps_it_from_emptying(
        self, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        with throw_away_project(tmp_path_factory.mktemp("held")) as project:
            project.add_component("invoicing", own_database=False)
            project.add_app(
                "portfolio",
                models="""
                class Portfolio(models.Model):
                    number = models.CharField(max_length=20)
                    invoice = models.ForeignKey("invoicing.InvoicingRow", models.CASCADE)
                """,
            )
            project.done("makemigrations", "invoicing", "portfolio", "--verbosity", "0")
            project.done("migrate", "--verbosity", "0")
            project.python(
                ROWS.replace('Portfolio.objects.create(number="1")', "")
                + "Portfolio.objects.create(invoice=InvoicingRow.objects.first())"
            )

            run = project.manage("flush", "invoicing", "--noinput", "--skip-checks")

            assert run.status == 1
            assert run.errors.endswith("\nWhile flushing 'default'. Flushed before: none.\n")
            assert left(project) == "2 1"

    def test_empties_nothing_while_a_database_is_down(
        self, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        with throw_away_project(tmp_path_factory.mktemp("down")) as project:
            project.add_component("invoicing")
            down = '{"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/a.db"}'
            project.more_settings = f'DATABASES["invoicing"] = {down}'

            run = project.manage("flush", "--noinput")

            assert run.errors == (
                "CommandError: Databases that can't be reached: invoicing. 'invoicing' answers: "
                "unable to open database file. None was flushed. Start them, or correct "
                "DATABASES.\n"
            )
