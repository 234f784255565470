"""`manage.py checkreferences` counts what dangles."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import StringIO
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from bulkhead.references import dangling, providers
from bulkhead.testing.queries import CapturedQueries
from tests.toolkit.references.conftest import NOWHERE, loaded, pallet
from tests.toolkit.yard.sales.db.models import Load

pytestmark = pytest.mark.component("sales")

Capture = Callable[..., AbstractContextManager[CapturedQueries]]


def run(*arguments: str) -> tuple[int, str, str]:
    """Return the exit status, what was printed, and what was said of a failure."""
    printed = StringIO()
    try:
        call_command("checkreferences", *arguments, stdout=printed)
    except CommandError as error:
        return error.returncode, printed.getvalue(), str(error)
    return 0, printed.getvalue(), ""


class TestText:
    def test_says_that_nothing_dangles(self) -> None:
        loaded(pallet("A", 1))

        assert run("sales") == (
            0,
            "sales.Tour.guide_id -> auth.User: 0 ids in 0 rows, 0 dangling in 0 rows\n"
            "sales.Load.pallet_id -> stock.pallet: 1 id in 1 row, 0 dangling in 0 rows\n"
            "sales.Load.driver_id -> auth.User: 0 ids in 0 rows, 0 dangling in 0 rows\n"
            "No reference dangles.\n",
            "",
        )

    def test_counts_what_dangles(self) -> None:
        loaded(pallet("A", 1), NOWHERE, NOWHERE, UUID(int=98))

        status, printed, said = run("sales")

        assert status == 1
        assert "sales.Load.pallet_id -> stock.pallet: 3 ids in 4 rows, 2 dangling in 3 rows" in (
            printed.splitlines()
        )
        assert said == (
            "2 ids that no row has. Name them: python manage.py checkreferences sales --list"
        )

    def test_names_what_dangles(self) -> None:
        loaded(NOWHERE, NOWHERE, driver=77)

        status, printed, said = run("sales", "--list")

        assert status == 1
        assert printed == (
            "sales.Tour.guide_id -> auth.User: 0 ids in 0 rows, 0 dangling in 0 rows\n"
            "sales.Load.pallet_id -> stock.pallet: 1 id in 2 rows, 1 dangling in 2 rows\n"
            f"  {NOWHERE} in 2 rows\n"
            "sales.Load.driver_id -> auth.User: 1 id in 2 rows, 1 dangling in 2 rows\n"
            "  77 in 2 rows\n"
        )
        assert said == (
            "2 ids that no row has. Give their rows an id that exists, or bring the rows back."
        )

    @pytest.mark.django_db(databases="__all__")
    def test_checks_all_where_no_app_is_named(self) -> None:
        _, printed, _ = run()

        fields = [line.partition(" ")[0] for line in printed.splitlines()]
        assert {"invoicing.InvoiceRow.contract_id", "sales.Load.pallet_id"} <= set(fields)

    def test_refuses_an_app_without_references(self) -> None:
        status, printed, said = run("stock")

        assert (status, printed) == (2, "")
        assert said == (
            "No model of 'stock' has a ReferenceField. Apps with references: budgeting, "
            "contracting, invoicing, sales. Correct the label, or leave it out to check them all."
        )

    def test_can_not_tell_while_a_database_is_down(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def down(*_asked: object) -> None:
            msg = "connection refused"
            raise OperationalError(msg)

        monkeypatch.setattr(providers.ReferenceProvider, "labels_of", down)
        loaded(NOWHERE)

        status, _, said = run("sales")

        assert (status, said) == (2, "connection refused")


class TestJson:
    def test_ends_in_what_to_do_next(self) -> None:
        loaded(NOWHERE)

        status, printed, _ = run("sales", "--list", "--format", "json")

        found = json.loads(printed)
        assert status == 1
        assert found["fields"][1] == {
            "field": "sales.Load.pallet_id",
            "reference": "stock.pallet",
            "ids": 1,
            "rows": 1,
            "dangling_ids": 1,
            "dangling_rows": 1,
            "dangling": [{"id": str(NOWHERE), "rows": 1}],
        }
        assert found["next_steps"] == [
            {
                "command": "python manage.py checkreferences sales",
                "reason": "It tells whether the rows are mended.",
            }
        ]

    def test_lists_nothing_unless_asked(self) -> None:
        loaded(NOWHERE)

        _, printed, _ = run("sales", "--format", "json")

        found = json.loads(printed)
        assert "dangling" not in found["fields"][1]
        assert found["next_steps"] == [
            {
                "command": "python manage.py checkreferences sales --list",
                "reason": "It names the dangling ids.",
            }
        ]

    def test_of_what_is_sound_goes_on_to_the_checks(self) -> None:
        status, printed, said = run("sales", "--format", "json")

        assert (status, said) == (0, "")
        assert json.loads(printed)["next_steps"] == [
            {
                "command": "python manage.py check",
                "reason": "It tells whether every reference names something that is there.",
            }
        ]


class TestPortions:
    def test_ask_for_many_ids_at_once(
        self, monkeypatch: pytest.MonkeyPatch, calls: list[str], capture_queries: Capture
    ) -> None:
        monkeypatch.setattr(dangling, "PORTION", 10)
        keys = [pallet(f"P{number}", number) for number in range(1, 26)]
        tour = loaded(*keys, *keys)
        Load.objects.create(tour=tour, pallet_id=UUID(int=500))

        with capture_queries() as queries:
            found = list(dangling.check_references(["sales"], keep=True))[1]

        assert (found.ids, found.rows, found.dangling_ids, found.dangling_rows) == (26, 51, 1, 1)
        assert found.dangling == [dangling.DanglingId(id=UUID(int=500), rows=1)]
        assert calls == ["label_pallets"] * 3
        assert len(queries) == 3 + 3  # three columns, three portions of one of them
