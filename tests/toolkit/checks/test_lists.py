"""What `manage.py check` says of the orderings of lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004
from django.db import models
from django.db.models import F, Q
from django.test.utils import isolate_apps

from bulkhead.checks.lists import check_lists
from bulkhead.repositories.indexes import served
from bulkhead.repositories.keysets import Keyset
from tests.toolkit.api.piers import Pier, built_pier

pytestmark = pytest.mark.any_layout

ROUTES = """
    from typing import Any, Literal
    from bulkhead.api import PageOf, Paging, Router, Schema, Status
    from bulkhead.repositories import Page
    from tests.toolkit.yard.stock.db.repositories import PalletRepository
    from tests.toolkit.yard.stock.domain.pallets import Pallet

    router = Router()

    class PalletOut(Schema):
        name: str

    @router.get("/pallets", response=PageOf[PalletOut])
    def list_pallets(request, paging: Paging[Literal[{orderings}]]) -> {answer}:
        raise NotImplementedError
"""


@pytest.fixture
def pier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pier]:
    for pier in built_pier(tmp_path, monkeypatch):
        pier.write("api/__init__.py", "")
        yield pier


def found(pier: Pier, *orderings: str, answer: str = "Page[Pallet]") -> list[CheckMessage]:
    listed = ", ".join(map(repr, orderings))
    pier.write("api/routes.py", ROUTES.format(orderings=listed, answer=answer))
    with pier.installed():
        return check_lists()


class TestOrderings:
    def test_w069_names_one_that_no_index_serves(self, pier: Pier) -> None:
        assert found(pier, "code", "-price_amount") == [
            Warning(
                "GET /pier/pallets can be ordered by '-price_amount', and no index of PalletRow "
                "begins with price_amount, id: each page sorts all rows that fit.",
                hint='Add models.Index(fields=["-price_amount", "-id"], name=...) to the indexes '
                "of PalletRow, or take the ordering out of the brackets of Paging.",
                id="bulkhead.W069",
            )
        ]

    @pytest.mark.parametrize(
        ("ordering", "column", "why"),
        [
            ("captain", "captain", "it is no column of the row"),
            ("note,-captain", "captain", "it is no column of the row"),
            ("-marks", "marks", "its values have no order"),
        ],
    )
    def test_e069_names_one_that_can_not_be(
        self, pier: Pier, ordering: str, column: str, why: str
    ) -> None:
        assert found(pier, ordering) == [
            Error(
                f"GET /pier/pallets declares the ordering {ordering!r}, and PalletRepository can't "
                f"page by {column!r}: {why}.",
                hint="Write columns of PalletRow into the brackets of Paging: "
                "code, held_amount, held_currency, id, marks, note, price_amount, price_currency, "
                "state, version.",
                id="bulkhead.E069",
            )
        ]

    @pytest.mark.parametrize("ordering", ["code", "-code", "pk", "-id", "code,note"])
    def test_are_allowed_where_an_index_serves_them(self, pier: Pier, ordering: str) -> None:
        assert found(pier, ordering) == []

    @pytest.mark.parametrize("answer", ["Any", "list[Pallet]", "Page[PalletOut]"])
    def test_are_not_judged_where_the_row_is_unknown(self, pier: Pier, answer: str) -> None:
        assert found(pier, "note", answer=answer) == []

    def test_are_judged_inside_a_status(self, pier: Pier) -> None:
        [message] = found(pier, "note", answer="Status[Page[Pallet]]")

        assert message.id == "bulkhead.W069"

    def test_are_not_asked_of_a_component_without_a_router(self, pier: Pier) -> None:
        with pier.installed():
            assert check_lists() == []


class TestServed:
    @pytest.mark.parametrize(
        ("order_by", "expected"),
        [
            ("a", True),
            ("-a", True),
            ("a,b", True),
            ("-a,-b", True),
            ("a,-b", False),
            ("b", False),
            ("c,-d", True),
            ("-c,d", True),
            ("c,d", False),
            ("e", True),
            ("-e", True),
            ("f", False),
            ("g", False),
            ("h", False),
            ("u,v", True),
        ],
    )
    @isolate_apps("tests.toolkit.yard.stock")
    def test_tells_which_orders_an_index_begins_with(
        self, order_by: str, *, expected: bool
    ) -> None:
        class Row(models.Model):
            a = models.IntegerField()
            b = models.IntegerField()
            c = models.IntegerField()
            d = models.IntegerField()
            e = models.IntegerField()
            f = models.IntegerField()
            g = models.IntegerField(db_index=True)
            h = models.IntegerField()
            u = models.IntegerField()
            v = models.IntegerField()

            class Meta:
                app_label = "stock"
                indexes = [
                    models.Index(fields=["a", "id"], name="a"),
                    models.Index(fields=["a", "b", "id"], name="ab"),
                    models.Index(F("c"), F("d").desc(), F("id").desc(), name="c"),
                    models.Index(F("e").desc(), F("id").desc(), name="e"),
                    models.Index(fields=["f", "id"], condition=Q(f__gt=0), name="f"),
                    models.Index(F("h") + 1, F("id"), name="h"),
                ]
                constraints = [models.UniqueConstraint(fields=["u", "v", "id"], name="u")]

        keyset = Keyset("Rows", Row, order_by.split(","))

        assert served(keyset) is expected
