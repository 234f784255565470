from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bulkhead.crossings.ledger_lines import (
    Entry,
    LedgerError,
    LedgerNotWrittenError,
    read_lines,
    write_lines,
)

FULL = Entry(
    kind="template",
    module="shop.orders",
    symbol="shop.stock:stock/an item.html",
    count=3,
    until=date(2027, 3, 31),
    link="https://tracker.example/17",
    reason="until the new shelf stands",
)
WRITTEN = (
    "template shop.orders shop.stock:stock/an%20item.html 3 until=2027-03-31 "
    "link=https://tracker.example/17 until the new shelf stands"
)


def entry(module: str, *, count: int = 1, reason: str = "") -> Entry:
    return Entry(
        kind="import", module=module, symbol="shop.stock.models.Item", count=count, reason=reason
    )


class TestReadLines:
    def test_reads_what_was_written(self, tmp_path: Path) -> None:
        file = tmp_path / "orders.txt"

        write_lines(file, [FULL])

        assert file.read_text(encoding="utf-8") == f"{WRITTEN}\n"
        [read] = read_lines(file).entries
        assert read.written() == FULL.written()
        assert (read.symbol, read.until, read.link) == (FULL.symbol, FULL.until, FULL.link)

    @pytest.mark.parametrize("day", ["soon", "2027-02-30", ""])
    def test_refuses_what_is_no_day(self, tmp_path: Path, day: str) -> None:
        file = tmp_path / "orders.txt"
        file.write_text(f"import a b 1 until={day} link=x\n", encoding="utf-8")
        if not day:
            assert read_lines(file).entries[0].until is None
            return

        with pytest.raises(LedgerError) as refused:
            read_lines(file)

        assert str(refused.value) == (
            f"{file.as_posix()}:1: until={day} is no day. Write it as: until=2027-03-31"
        )

    def test_refuses_a_kind_that_is_none(self, tmp_path: Path) -> None:
        file = tmp_path / "orders.txt"
        file.write_text("imports a b 1\n", encoding="utf-8")

        with pytest.raises(LedgerError) as refused:
            read_lines(file)

        assert str(refused.value) == (
            f"{file.as_posix()}:1: There is no kind of crossing 'imports'. Write one of: import, "
            f"relation, reverse, query-path, model-lookup, string, url-name, template, signal, "
            f"migration, raw-sql, fixture, public-leak."
        )


class TestWriteLines:
    def test_sorts_and_keeps_a_remark_above_its_line(self, tmp_path: Path) -> None:
        file = tmp_path / "orders.txt"
        file.write_text(
            "# about b\nimport b shop.stock.models.Item 1\n\n# about a\n"
            "import a shop.stock.models.Item 1\n# the end\n",
            encoding="utf-8",
        )

        write_lines(file, [entry("b"), entry("c"), entry("a", count=2, reason="why")])

        assert file.read_text(encoding="utf-8") == (
            "# about a\n"
            "import a shop.stock.models.Item 2 why\n"
            "# about b\n"
            "import b shop.stock.models.Item 1\n"
            "import c shop.stock.models.Item 1\n"
            "# the end\n"
        )

    def test_takes_a_file_away_in_which_nothing_is_left(self, tmp_path: Path) -> None:
        file = tmp_path / "orders.txt"
        write_lines(file, [entry("a")])

        write_lines(file, [])

        assert list(tmp_path.iterdir()) == []

    def test_says_where_it_may_not_write(self, tmp_path: Path) -> None:
        (tmp_path / "crossings").touch()
        file = tmp_path / "crossings/orders.txt"

        with pytest.raises(LedgerNotWrittenError) as refused:
            write_lines(file, [entry("a")])

        assert str(refused.value) == (
            f"{file.as_posix()} can't be written: File exists. Let yourself write there, and run "
            f"the command again: what is written already stays."
        )
