from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.toolkit.commands.rows import (
    OURS,
    SEEDED,
    empty,
    fill_with_apps,
    rows_after,
    seed,
)
from tests.toolkit.projects import ThrowAwayProject, throw_away_project

pytestmark = pytest.mark.own_databases

NATURAL = ("--natural-foreign", "--natural-primary")
LOADED = (
    "Installed 6 object(s) from 1 fixture(s): "
    "2 in 'default', 1 in 'contracting', 3 in 'invoicing'\n"
)


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ThrowAwayProject]:
    with throw_away_project(tmp_path_factory.mktemp("seeded")) as project:
        fill_with_apps(project)
        seed(project)
        for name in ("ours.json", "ours.jsonl.gz", "ours.xml.xz", "ours.yaml"):
            project.done(
                "dumpdata", *OURS, "--natural-foreign", "--output", name, "--format", _format(name)
            )
        yield project


@pytest.fixture
def project(seeded: ThrowAwayProject) -> ThrowAwayProject:
    """Return the project, without rows."""
    empty(seeded)
    return seeded


def _format(name: str) -> str:
    return name.split(".")[1]


def write_fixture(project: ThrowAwayProject, name: str, *rows: Mapping[str, Any]) -> None:
    project.write(name, json.dumps(list(rows)))


def site(**fields: object) -> dict[str, Any]:
    return {"model": "portfolio.site", "fields": fields}


def contract(**fields: object) -> dict[str, Any]:
    return {"model": "contracting.contractrow", "fields": fields}


def invoice(**fields: object) -> dict[str, Any]:
    return {"model": "invoicing.invoicerow", "fields": fields}


def keyed(*rows: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return rows that are looked up in no database."""
    return [{**row, "pk": number} for number, row in enumerate(rows, start=1)]


class TestLoaddataWithoutDatabase:
    @pytest.mark.parametrize("name", ["ours.json", "ours.jsonl.gz", "ours.xml.xz", "ours.yaml"])
    def test_loads_each_row_where_it_belongs(self, project: ThrowAwayProject, name: str) -> None:
        run = project.done("loaddata", name)

        assert run.output == LOADED
        assert rows_after(project) == SEEDED

    def test_reads_standard_input(self, project: ThrowAwayProject) -> None:
        text = (project.root / "ours.json").read_text()

        run = project.manage("loaddata", "-", "--format", "json", stdin=text)

        assert (run.status, run.output) == (0, LOADED)

    def test_lets_the_next_row_have_the_next_number(self, project: ThrowAwayProject) -> None:
        project.done("loaddata", "ours.json")

        found = rows_after(
            project,
            """
            from invoicing.db.models import InvoiceRow
            from portfolio.models import Site
            site, invoice = Site.objects.create(code="x"), InvoiceRow.objects.create(number="x")
            """,
            "[site.pk, invoice.pk]",
        )

        assert found == [8, 10]

    def test_finds_rows_by_natural_keys_in_other_databases_wherever_they_stand(
        self, project: ThrowAwayProject
    ) -> None:
        write_fixture(
            project,
            "forward.json",
            invoice(number="I-1", contract=["C-1"]),
            contract(number="C-1", site=["hall"]),
            site(code="hall", parent=["yard"], neighbours=[["yard"]]),
            site(code="yard"),
        )

        project.done("loaddata", "forward.json")
        found = rows_after(project)

        assert [fields for _, _, fields in found] == [  # type: ignore[attr-defined]
            {"code": "yard", "parent": None, "neighbours": []},
            {"code": "hall", "parent": ["yard"], "neighbours": [["yard"]]},
            {"number": "C-1", "site": ["hall"]},
            {"number": "I-1", "total": "0.00", "contract": ["C-1"], "corrects": None},
        ] or [fields for _, _, fields in found] == [  # type: ignore[attr-defined]
            {"code": "hall", "parent": ["yard"], "neighbours": [["yard"]]},
            {"code": "yard", "parent": None, "neighbours": []},
            {"number": "C-1", "site": ["hall"]},
            {"number": "I-1", "total": "0.00", "contract": ["C-1"], "corrects": None},
        ]

    def test_writes_over_rows_of_the_same_natural_key(self, project: ThrowAwayProject) -> None:
        write_fixture(project, "twice.json", contract(number="C-1"), site(code="hall"))

        project.done("loaddata", "twice.json")
        project.done("loaddata", "twice.json")

        assert [model for model, _, _ in rows_after(project)] == [  # type: ignore[attr-defined]
            "portfolio.site",
            "contracting.contractrow",
        ]

    def test_loads_a_proxy_where_its_model_lives(self, project: ThrowAwayProject) -> None:
        row = contract(number="C-7") | {"model": "contracting.signedcontract"}
        write_fixture(project, "proxy.json", row)

        run = project.done("loaddata", "proxy.json")

        assert run.output == "Installed 1 object(s) from 1 fixture(s): 1 in 'contracting'\n"

    def test_takes_files_that_bear_the_name_of_a_database(self, project: ThrowAwayProject) -> None:
        write_fixture(project, "demo.json", site(code="a"))
        write_fixture(project, "demo.default.json", site(code="b"))
        write_fixture(project, "demo.invoicing.json", invoice(number="c"))
        write_fixture(project, "only.contracting.json", contract(number="d"))

        run = project.done("loaddata", "demo", "only")

        assert run.output == (
            "Installed 4 object(s) from 4 fixture(s): "
            "2 in 'default', 1 in 'invoicing', 1 in 'contracting'\n"
        )

    def test_refuses_two_files_for_one_database(self, project: ThrowAwayProject) -> None:
        write_fixture(project, "two.invoicing.json", invoice(number="c"))
        project.write("two.invoicing.jsonl")

        run = project.manage("loaddata", "two")

        assert run.errors == (
            f"CommandError: Several fixtures 'two' for 'invoicing' in one folder: "
            f"{project.root}/two.invoicing.json, {project.root}/two.invoicing.jsonl. None was "
            f"loaded. Keep one of them, or name its file.\n"
        )

    def test_leaves_a_missing_fixture_to_django(self, project: ThrowAwayProject) -> None:
        run = project.manage("loaddata", "missing")

        assert run.errors == "CommandError: No fixture named 'missing' found.\n"

    def test_leaves_out_what_is_excluded_or_does_not_exist(self, project: ThrowAwayProject) -> None:
        write_fixture(
            project,
            "old.json",
            site(code="a", height=3),
            contract(number="b"),
            {"model": "billing.bill", "fields": {}},
        )

        run = project.done(
            "loaddata", "old.json", "--exclude", "contracting", "--ignorenonexistent"
        )

        assert run.output == "Installed 1 object(s) (of 2) from 1 fixture(s)\n"

    def test_tells_signals_the_database(self, project: ThrowAwayProject) -> None:
        found = rows_after(
            project,
            """
            from django.db.models.signals import post_save
            seen = []
            def note(sender, using, raw, created, **_):
                seen.append([sender._meta.label, using, raw, created])
            post_save.connect(note)
            call_command("loaddata", "ours.json")
            """,
            "seen",
        )

        assert [one for one in found if "Site" not in one[0]] == [  # type: ignore[attr-defined]
            ["contracting.ContractRow", "contracting", True, True],
            ["invoicing.InvoiceRow", "invoicing", True, True],
            ["invoicing.InvoiceRow", "invoicing", True, True],
            ["invoicing.TagRow", "invoicing", True, True],
        ]

    def test_refuses_rows_that_live_nowhere(self, project: ThrowAwayProject) -> None:
        found = rows_after(
            project,
            """
            from django.core.management import CommandError
            from django.db import router
            class Nowhere:
                def allow_migrate(self, db, app_label, **hints):
                    return False if app_label == "portfolio" else None
            router.routers = [*router.routers, Nowhere()]
            try:
                call_command("loaddata", "ours.json")
            except CommandError as error:
                message = str(error)
            """,
            "[message, rows()]",
        )

        assert found == [
            "portfolio.Site has rows in the fixture, and the routers let it migrate in no "
            "database. Databases: contracting, default, invoicing. Nothing was loaded. Leave them "
            "out by --exclude portfolio.Site, or correct allow_migrate() in DATABASE_ROUTERS.",
            [],
        ]


class TestLoaddataIsAllOrNothing:
    def test_loads_nothing_where_a_row_is_refused(self, project: ThrowAwayProject) -> None:
        write_fixture(
            project,
            "refused.json",
            site(code="a"),
            contract(number="b"),
            invoice(number="c", total="no number"),
        )

        run = project.manage("loaddata", "refused.json")

        assert run.status == 1
        assert "Problem installing fixture" in run.errors
        assert rows_after(project) == []

    @pytest.mark.parametrize("field", ["corrects", "invoices"])
    def test_loads_nothing_where_a_constraint_fails(
        self, project: ThrowAwayProject, field: str
    ) -> None:
        broken = {
            "corrects": invoice(number="c", corrects=77),
            "invoices": {"model": "invoicing.tagrow", "fields": {"name": "t", "invoices": [77]}},
        }
        write_fixture(project, "broken.json", site(code="a"), contract(number="b"), broken[field])

        run = project.manage("loaddata", "broken.json")

        assert run.status == 1
        assert "Problem installing fixtures in 'invoicing': " in run.errors
        assert run.output == ""
        assert rows_after(project) == []

    def test_says_which_databases_have_committed_where_a_later_one_fails(
        self, project: ThrowAwayProject
    ) -> None:
        found = rows_after(
            project,
            """
            from django.core.management import CommandError
            from django.db import OperationalError, connections
            def fail():
                raise OperationalError("the disk is full")
            kept, connections["contracting"]._commit = connections["contracting"]._commit, fail
            try:
                call_command("loaddata", "ours.json")
            except CommandError as error:
                message = str(error)
            connections["contracting"]._commit = kept
            connections["contracting"].close()
            there = keys()
            call_command("loaddata", "ours.json")
            """,
            "[message, [model for model, _ in there], len(rows())]",
        )

        assert found == [
            "Loaded in part. Committed: 'invoicing'. Not committed: 'contracting', 'default'. A "
            "commit failed: the disk is full. Where the connection broke at that moment, look "
            "whether the rows are there. Mend it, and run the same command again: rows that have a "
            "primary key or a natural key are written over, not doubled.",
            ["invoicing.invoicerow", "invoicing.invoicerow", "invoicing.tagrow"],
            6,
        ]

    def test_counts_a_database_as_committed_whose_hooks_fail(
        self, project: ThrowAwayProject
    ) -> None:
        found = rows_after(
            project,
            """
            from django.core.management import CommandError
            from django.db import transaction
            from django.db.models.signals import post_save
            from invoicing.db.models import TagRow
            def hook():
                raise ValueError("no mail server")
            def later(using, **_):
                transaction.on_commit(hook, using=using)
            post_save.connect(later, sender=TagRow)
            try:
                call_command("loaddata", "ours.json")
            except CommandError as error:
                message = str(error)
            """,
            "[message.partition(' Where')[0], len(keys())]",
        )

        assert found == [
            "Loaded in part. Committed: 'invoicing'. Not committed: 'contracting', 'default'. A "
            "commit failed: no mail server.",
            3,
        ]

    def test_joins_a_transaction_that_is_open(self, project: ThrowAwayProject) -> None:
        found = rows_after(
            project,
            """
            from django.db import transaction
            try:
                with transaction.atomic(using="invoicing"):
                    call_command("loaddata", "ours.json")
                    assert len(rows()) == 6
                    raise KeyError
            except KeyError:
                pass
            """,
            "[model for model, _ in keys()]",
        )

        assert found == ["portfolio.site", "portfolio.site", "contracting.contractrow"]


class TestLoaddataOfOneDatabase:
    def test_loads_into_that_one_and_names_the_rows_of_others(
        self, project: ThrowAwayProject
    ) -> None:
        write_fixture(
            project, "three.json", *keyed(site(code="a"), contract(number="b"), invoice())
        )

        run = project.done("loaddata", "three.json", "--database", "invoicing")

        assert run.output == "Installed 1 object(s) (of 3) from 1 fixture(s)\n"
        assert run.errors == (
            "Not loaded, because they do not live in 'invoicing': 1 contracting.ContractRow (in "
            "'contracting'), 1 portfolio.Site (in 'default'). Leave --database out to load every "
            "row where it belongs.\n"
        )

    def test_saves_no_deferred_row_in_another_database(self, project: ThrowAwayProject) -> None:
        write_fixture(
            project, "deferred.json", *keyed(contract(number="C", site=["a"]), site(code="a"))
        )

        run = project.done("loaddata", "deferred.json", "--database", "default")

        assert run.output == "Installed 1 object(s) (of 2) from 1 fixture(s)\n"
        assert [model for model, _, _ in rows_after(project)] == ["portfolio.site"]  # type: ignore[attr-defined]
