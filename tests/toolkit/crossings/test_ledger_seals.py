"""What a seal does to the ledger."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from bulkhead.crossings.accepting import Acceptance, accept, shrink, write_changes
from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.found import Found
from bulkhead.crossings.ledger import Ledger, read_ledger
from bulkhead.crossings.links import Link
from bulkhead.crossings.review import Review, conclude
from bulkhead.crossings.wording import excuse, words_of
from tests.toolkit.crossings.links import PROJECT, link

ITEM = link("shop.orders.views", "shop.stock.models.Item")
RELATION = link("shop.stock.models", "shop.orders.models.Order", kind="relation")
PORT = link("hold.billing.service", "cargo.models.Port")


def sealed(label: str, *seals: str) -> ProjectDescription:
    components = (
        replace(one, seals=seals) if one.label == label else one for one in PROJECT.components
    )
    return replace(PROJECT, components=tuple(components))


def reviewed(project: ProjectDescription, ledger: Ledger, *links: Link) -> Review:
    return conclude(project, ledger, Found(links=links, modules={}), base=Path())


def listing(folder: Path, *links: Link) -> Ledger:
    """Return a ledger that lists these links."""
    review = reviewed(PROJECT, Ledger(), *links)
    write_changes(accept(review, Path("crossings"), Acceptance()), folder)
    return read_ledger(folder / "crossings", base=folder)


class TestSeals:
    def test_admit_no_line_of_their_kinds(self, tmp_path: Path) -> None:
        ledger = listing(tmp_path, ITEM, RELATION)

        review = reviewed(sealed("orders", "imports"), ledger, ITEM, RELATION)

        assert list(words_of(review)) == [
            "shop/orders/views.py:3: views of orders imports models of stock: "
            "shop.stock.models.Item",
            "    Seal: orders has sealed imports, and nothing that is listed or declared excuses "
            "this.",
            "    Rule (public-only): A component is reached through its public alone.",
            "    Possible: shop.stock.public.",
            "    Way out: Let shop.stock.public offer what is needed, as plain data, and use that.",
            "1 new (0 in tests), 1 known, 0 gone, 0 faults.",
        ]

    def test_hold_at_both_ends(self, tmp_path: Path) -> None:
        ledger = listing(tmp_path, ITEM, RELATION)

        review = reviewed(sealed("stock", "references", "imports"), ledger, ITEM, RELATION)

        assert [one.sealed_by for one in review.new] == [("stock",), ("stock",)]

    def test_name_both_components_that_have_declared_them(self) -> None:
        both = sealed("orders", "imports").components
        stock = sealed("stock", "imports").components
        project = replace(PROJECT, components=(*both[:3], stock[3]))

        [crossing] = reviewed(project, Ledger(), ITEM).new

        assert excuse(crossing) == (
            "Seal: orders and stock have sealed imports, and nothing that is listed or declared "
            "excuses this."
        )

    def test_rule_out_what_depends_on_legacy_would_allow(self) -> None:
        review = reviewed(sealed("billing", "imports"), Ledger(), PORT)

        [crossing] = review.new
        assert crossing.sealed_by == ("billing",)

    def test_that_nothing_watches_yet_rule_out_nothing_else(self, tmp_path: Path) -> None:
        ledger = listing(tmp_path, ITEM, RELATION)

        assert reviewed(sealed("orders", "transactions"), ledger, ITEM, RELATION).is_clean

    def test_are_not_broken_by_accepting(self, tmp_path: Path) -> None:
        ledger = listing(tmp_path, RELATION)
        review = reviewed(sealed("orders", "imports"), ledger, ITEM, RELATION)

        assert accept(review, Path("crossings"), Acceptance()) == []

    def test_leave_no_line_behind(self, tmp_path: Path) -> None:
        ledger = listing(tmp_path, ITEM, RELATION)
        review = reviewed(sealed("orders", "imports"), ledger, ITEM, RELATION)

        write_changes(shrink(review, Path("crossings")), tmp_path)

        assert [file.name for file in (tmp_path / "crossings").iterdir()] == ["stock.txt"]
