from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from bulkhead.crossings.accepting import (
    Acceptance,
    GrowthNeedsReasonError,
    accept,
    shrink,
    write_changes,
)
from bulkhead.crossings.found import Found
from bulkhead.crossings.ledger import read_ledger
from bulkhead.crossings.links import Link
from bulkhead.crossings.review import Review, conclude
from tests.toolkit.crossings.links import PROJECT, link

FOLDER = Path("crossings")
TODAY = date(2026, 6, 1)

ITEM = link("shop.orders.views", "shop.stock.models.Item")
AGAIN = link("shop.orders.views", "shop.stock.models.Item", line=7)
RELATION = link("shop.stock.models", "shop.orders.models.Order", kind="relation")
SAILOR = link("hold.billing.service", "crew.models.Sailor")


def reviewed(base: Path, links: Iterable[Link]) -> Review:
    ledger = read_ledger(base / FOLDER, base=base)
    found = Found(links=list(links), modules={})
    return conclude(PROJECT, ledger, found, base=base, today=TODAY)


def accepted(base: Path, *links: Link, **acceptance: object) -> dict[str, str]:
    changes = accept(reviewed(base, links), FOLDER, Acceptance(**acceptance))  # type: ignore[arg-type]
    write_changes(changes, base)
    return written(base)


def written(base: Path) -> dict[str, str]:
    files = sorted((base / FOLDER).iterdir())
    return {file.name: file.read_text(encoding="utf-8") for file in files}


class TestAccept:
    def test_needs_no_reason_at_first_and_writes_a_file_for_each_consumer(
        self, tmp_path: Path
    ) -> None:
        files = accepted(tmp_path, RELATION, AGAIN, SAILOR, ITEM)

        assert files == {
            "billing.txt": "import hold.billing.service crew.models.Sailor 1\n",
            "orders.txt": "import shop.orders.views shop.stock.models.Item 2\n",
            "stock.txt": "relation shop.stock.models shop.orders.models.Order 1\n",
        }
        assert reviewed(tmp_path, [RELATION, AGAIN, SAILOR, ITEM]).is_clean

    def test_needs_a_reason_to_grow_and_writes_nothing_without(self, tmp_path: Path) -> None:
        before = accepted(tmp_path, ITEM)

        with pytest.raises(GrowthNeedsReasonError) as refused:
            accepted(tmp_path, ITEM, AGAIN)

        assert str(refused.value) == (
            "The ledger would grow: shop/orders/views.py:7. Say why this has to stay: "
            'bulkhead checkcomponents --accept --reason "...". To drop what is gone, and accept '
            "nothing: bulkhead checkcomponents --shrink"
        )
        assert written(tmp_path) == before

    def test_keeps_the_reason_with_what_has_grown_alone(self, tmp_path: Path) -> None:
        accepted(tmp_path, ITEM, RELATION, reason="as ever")

        files = accepted(
            tmp_path,
            ITEM,
            AGAIN,
            RELATION,
            reason="for the fair",
            link="https://tracker.example/1",
            until=date(2027, 1, 1),
        )

        assert files == {
            "orders.txt": (
                "import shop.orders.views shop.stock.models.Item 2 until=2027-01-01 "
                "link=https://tracker.example/1 as ever; for the fair\n"
            ),
            "stock.txt": "relation shop.stock.models shop.orders.models.Order 1 as ever\n",
        }

    def test_drops_what_is_gone_without_a_reason(self, tmp_path: Path) -> None:
        accepted(tmp_path, ITEM, AGAIN, RELATION)

        files = accepted(tmp_path, ITEM)

        assert files == {"orders.txt": "import shop.orders.views shop.stock.models.Item 1\n"}

    def test_renews_what_has_expired(self, tmp_path: Path) -> None:
        accepted(tmp_path, ITEM, until=TODAY)
        review = reviewed(tmp_path, [ITEM])
        assert [one.reason for one in review.new] == ["in the ledger until 2026-06-01 only"]

        files = accepted(tmp_path, ITEM, reason="once more", until=date(2026, 7, 1))

        assert files == {
            "orders.txt": (
                "import shop.orders.views shop.stock.models.Item 1 until=2026-07-01 once more\n"
            )
        }
        assert reviewed(tmp_path, [ITEM]).is_clean

    def test_moves_a_line_to_the_file_of_its_consumer(self, tmp_path: Path) -> None:
        accepted(tmp_path, ITEM)
        (tmp_path / FOLDER / "orders.txt").rename(tmp_path / FOLDER / "all.txt")

        files = accepted(tmp_path, ITEM)

        assert files == {"orders.txt": "import shop.orders.views shop.stock.models.Item 1\n"}

    def test_leaves_lines_of_kinds_that_nobody_looked_for(self, tmp_path: Path) -> None:
        accepted(tmp_path, ITEM, RELATION)
        ledger = read_ledger(tmp_path / FOLDER, base=tmp_path)
        found = Found(links=[ITEM], modules={}, kinds=["import"])
        review = conclude(PROJECT, ledger, found, base=tmp_path, today=TODAY)

        assert accept(review, FOLDER, Acceptance()) == []

    def test_writes_the_same_bytes_in_whatever_order_things_are_found(self, tmp_path: Path) -> None:
        one, other = tmp_path / "one", tmp_path / "other"

        assert accepted(one, ITEM, RELATION, SAILOR) == accepted(other, SAILOR, RELATION, ITEM)


class TestShrink:
    def test_drops_what_is_gone_and_accepts_nothing(self, tmp_path: Path) -> None:
        accepted(tmp_path, ITEM, AGAIN, RELATION, reason="as ever")

        changes = shrink(reviewed(tmp_path, [ITEM, SAILOR]), FOLDER)
        write_changes(changes, tmp_path)

        assert written(tmp_path) == {
            "orders.txt": "import shop.orders.views shop.stock.models.Item 1 as ever\n"
        }
        assert [(one.file.as_posix(), one.added, one.dropped) for one in changes] == [
            ("crossings/orders.txt", 0, 1),
            ("crossings/stock.txt", 0, 1),
        ]
