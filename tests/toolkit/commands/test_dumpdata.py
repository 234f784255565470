from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.toolkit.commands.rows import OURS, all_in_default, fill_with_apps, rows_after, seed
from tests.toolkit.projects import Run, ThrowAwayProject, throw_away_project

pytestmark = pytest.mark.own_databases

EMPTY_ROUTER = """
class Nowhere:
    def allow_migrate(self, db, app_label, model_name=None, **hints):
        return False if app_label == "portfolio" else None
"""
LOUD = """
from django.core.management.commands.dumpdata import Command as DjangoCommand

class Command(DjangoCommand):
    def handle(self, *labels, **options):
        self.stderr.write("loud")
        super().handle(*labels, **options)
"""


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowAwayProject]:
    """Yield a project whose rows the tests only read."""
    with throw_away_project(tmp_path_factory.mktemp("seeded")) as project:
        fill_with_apps(project)
        seed(project)
        yield project


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[ThrowAwayProject]:
    """Yield a seeded project that a test may change."""
    with throw_away_project(tmp_path) as project:
        fill_with_apps(project)
        seed(project)
        yield project


def keys(run: Run) -> list[tuple[str, int]]:
    """Return the rows of a dump, and assert that nothing was said about others."""
    assert (run.status, run.errors) == (0, "")
    return [(row["model"], row["pk"]) for row in json.loads(run.output)]


class TestDumpdataWithoutDatabase:
    def test_dumps_the_rows_of_every_database(self, seeded: ThrowAwayProject) -> None:
        found = keys(seeded.manage("dumpdata", "--exclude", "auth", "--exclude", "contenttypes"))

        assert found == [
            ("portfolio.site", 3),
            ("portfolio.site", 7),
            ("contracting.contractrow", 5),
            ("invoicing.invoicerow", 4),
            ("invoicing.invoicerow", 9),
            ("invoicing.tagrow", 2),
        ]

    def test_takes_apps_models_and_excludes(self, seeded: ThrowAwayProject) -> None:
        run = seeded.manage(
            "dumpdata", "invoicing", "portfolio.site", "--exclude", "invoicing.tagrow"
        )

        assert [model for model, _ in keys(run)] == [
            *("invoicing.invoicerow", "invoicing.invoicerow"),
            *("portfolio.site", "portfolio.site"),
        ]

    def test_takes_primary_keys_of_one_model(self, seeded: ThrowAwayProject) -> None:
        run = seeded.manage("dumpdata", "invoicing.invoicerow", "--pks", "9")

        assert keys(run) == [("invoicing.invoicerow", 9)]

    def test_writes_natural_keys_of_other_databases(self, seeded: ThrowAwayProject) -> None:
        run = seeded.done("dumpdata", *OURS, "--natural-foreign", "--natural-primary")

        invoices = [row for row in json.loads(run.output) if row["model"] == "invoicing.tagrow"]
        [contract] = [row for row in json.loads(run.output) if "contract" in row["model"]]
        assert contract == {
            "model": "contracting.contractrow",
            "fields": {"number": "C-1", "site": ["hall"]},
        }
        assert invoices[0]["fields"]["about"] == ["portfolio", "site"]

    def test_writes_a_compressed_file(self, seeded: ThrowAwayProject) -> None:
        seeded.done("dumpdata", *OURS, "--output", "ours.jsonl.gz", "--format", "jsonl")

        text = gzip.decompress((seeded.root / "ours.jsonl.gz").read_bytes()).decode()

        assert [json.loads(line)["pk"] for line in text.splitlines()] == [3, 7, 5, 4, 9, 2]

    def test_leaves_unknown_labels_and_formats_to_django(self, seeded: ThrowAwayProject) -> None:
        unknown_app = seeded.manage("dumpdata", "billing")
        unknown_model = seeded.manage("dumpdata", "invoicing.bill")
        unknown_format = seeded.manage("dumpdata", "invoicing", "--format", "csv")

        assert unknown_app.errors == "CommandError: No installed app with label 'billing'.\n"
        assert unknown_model.errors == "CommandError: Unknown model: invoicing.bill\n"
        assert unknown_format.errors == "CommandError: Unknown serialization format: csv\n"

    def test_warns_of_a_proxy_without_its_model(self, seeded: ThrowAwayProject) -> None:
        run = seeded.manage("dumpdata", "contracting.signedcontract")

        assert json.loads(run.output) == []
        assert "contracting.SignedContract is a proxy model and won't be serialized." in run.errors

    def test_reads_no_replica(self, seeded: ThrowAwayProject) -> None:
        replica = (
            '{"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/a.db", '
            '"REPLICA_OF": "invoicing", "TEST": {"MIRROR": "invoicing"}}'
        )
        more = f'{seeded.more_settings}\nDATABASES["invoicing_replica"] = {replica}'
        replicated = replace(seeded, more_settings=more)

        found = keys(replicated.manage("dumpdata", "invoicing"))

        assert [key for _, key in found] == [4, 9, 2]


class TestDumpdataOfOneDatabase:
    def test_dumps_that_one_alone(self, seeded: ThrowAwayProject) -> None:
        run = seeded.manage("dumpdata", "--database", "contracting")

        assert keys(run) == [("contracting.contractrow", 5)]

    def test_refuses_a_label_of_which_nothing_is_there(self, seeded: ThrowAwayProject) -> None:
        run = seeded.manage("dumpdata", "auth", "invoicing", "--database", "default")

        assert (run.status, run.output) == (1, "")
        assert run.errors == (
            "CommandError: 'invoicing' is not in 'default', but in: 'invoicing'. Nothing was "
            "dumped. Leave --database out, or name the right one.\n"
        )


class TestDumpdataIsNeverSilent:
    def test_names_rows_that_a_component_left_behind(self, bare: ThrowAwayProject) -> None:
        with all_in_default(bare):
            bare.done("migrate", "--verbosity", "0")
            rows_after(
                bare,
                "from contracting.db.models import ContractRow\n"
                'ContractRow.objects.create(number="C-2")',
            )

        run = bare.manage("dumpdata", "contracting")

        assert (run.status, [row["pk"] for row in json.loads(run.output)]) == (0, [5])
        assert run.errors == (
            "Not in the dump: rows that are in 'default', where nothing reads them without naming "
            "it: 1 in contracting_contractrow. Where they were left by a component that has moved: "
            "'manage.py check' says what to do.\n"
        )

    def test_names_rows_that_other_databases_have_beside_the_home(
        self, bare: ThrowAwayProject
    ) -> None:
        bare.add_database("archive")
        bare.done("migrate", "--database", "archive", "--verbosity", "0")
        rows_after(
            bare,
            'from portfolio.models import Site\nSite.objects.using("archive").create(code="x")',
        )

        run = bare.manage("dumpdata", "portfolio", "--skip-checks")

        assert [row["pk"] for row in json.loads(run.output)] == [3, 7]
        assert run.errors == (
            "Not in the dump: rows that are in 'archive', where nothing reads them without naming "
            "it: 1 in portfolio_site. Run 'manage.py dumpdata --database archive' to dump them.\n"
        )

    def test_names_models_that_live_nowhere(self, seeded: ThrowAwayProject) -> None:
        seeded.write("nowhere.py", EMPTY_ROUTER)
        more = seeded.more_settings + '\nDATABASE_ROUTERS += ["nowhere.Nowhere"]'
        bare = replace(seeded, more_settings=more)

        run = bare.manage("dumpdata", "portfolio")

        assert (run.status, json.loads(run.output)) == (0, [])
        assert run.errors.startswith(
            "Not in the dump: portfolio.Site. The routers let no database have them. Correct "
            "allow_migrate() in DATABASE_ROUTERS where they have rows of their own.\n"
        )

    def test_refuses_while_a_database_is_down(self, seeded: ThrowAwayProject) -> None:
        down = '{"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/a.db"}'
        more = seeded.more_settings + f'\nDATABASES["invoicing"] = {down}'
        bare = replace(seeded, more_settings=more)

        run = bare.manage("dumpdata")
        others = bare.manage("dumpdata", "contracting")

        assert (run.status, run.output) == (1, "")
        assert run.errors == (
            "CommandError: Databases that can't be reached: invoicing. 'invoicing' answers: "
            "unable to open database file. Nothing was dumped. Start them, or correct "
            "DATABASES.\n"
        )
        assert keys(others) == [("contracting.contractrow", 5)]


class TestDumpdataOfAnotherApp:
    def test_is_built_on(self, seeded: ThrowAwayProject) -> None:
        bare = replace(seeded, apps=[*seeded.apps])
        bare.add_app("loud")
        bare.write("loud/management/__init__.py")
        bare.write("loud/management/commands/__init__.py")
        bare.write("loud/management/commands/dumpdata.py", LOUD)

        run = bare.manage("dumpdata", "contracting")

        assert run.errors == "loud\n"
        assert [row["pk"] for row in json.loads(run.output)] == [5]
