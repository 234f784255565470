from __future__ import annotations

from pathlib import Path

import pytest

from bulkhead.crossings.ledger import LedgerError, read_ledger
from bulkhead.crossings.records import Crossing, Explanation, Origin, Target, Verdict


def crossing(line: int, *, verdict: Verdict = Verdict.NEW) -> Crossing:
    return Crossing(
        kind="import",
        origin=Origin(file="a.py", line=line, module="a", place="service", component="a"),
        target=Target(symbol="b.db.B", place="db", component="b"),
        explanation=Explanation(rule="public-only", sentence="", possible="", way_out=""),
        verdict=verdict,
    )


def ledger_of(folder: Path, text: str) -> Path:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    return folder


class TestLedger:
    def test_is_empty_where_there_is_no_folder(self, tmp_path: Path) -> None:
        assert read_ledger(tmp_path / "crossings").entries == {}

    def test_knows_as_many_as_it_lists_and_why(self, tmp_path: Path) -> None:
        ledger = read_ledger(ledger_of(tmp_path, "# Debts\n\nimport  a  b.db.B  2  until  May\n"))

        judged = ledger.judge([crossing(1), crossing(2), crossing(3)])

        assert [(one.verdict, one.reason) for one in judged] == [
            (Verdict.KNOWN, "until  May"),
            (Verdict.KNOWN, "until  May"),
            (Verdict.NEW, "more than the 2 in the ledger"),
        ]

    def test_leaves_alone_what_is_allowed(self, tmp_path: Path) -> None:
        ledger = read_ledger(ledger_of(tmp_path, "import a b.db.B 1\n"))
        allowed = crossing(1, verdict=Verdict.ALLOWED)

        judged = ledger.judge([allowed])

        assert judged == [allowed]
        assert [gone.found for gone in ledger.gone(judged, kinds=["import"])] == [0]

    def test_says_nothing_of_kinds_that_were_not_looked_for(self, tmp_path: Path) -> None:
        ledger = read_ledger(ledger_of(tmp_path, "relation a b.db.B 1\n"))

        assert ledger.gone([], kinds=["import"]) == []

    @pytest.mark.parametrize("line", ["import a", "import a b", "import a b two", "import a b 0"])
    def test_refuses_a_line_that_it_cannot_read(self, tmp_path: Path, line: str) -> None:
        folder = ledger_of(tmp_path, f"\n{line}\n")

        with pytest.raises(LedgerError) as refused:
            read_ledger(folder)

        assert str(refused.value) == (
            f"{folder.as_posix()}/a.txt:2: A line is kind, module, name, count and reason, "
            f"divided by spaces. Write it as: import components.invoicing.service.reports "
            f"components.contracting.db.models.ContractRow 2 until contracting offers the sum"
        )

    def test_refuses_a_crossing_that_stands_there_twice(self, tmp_path: Path) -> None:
        folder = ledger_of(tmp_path, "import a b.db.B 1\n")
        (folder / "b.txt").write_text("import a b.db.B 2\n")

        with pytest.raises(LedgerError) as refused:
            read_ledger(folder)

        assert str(refused.value) == (
            f"{folder.as_posix()}/b.txt:1: This crossing stands in {folder.as_posix()}/a.txt:1 "
            f"already. Make one line of the two."
        )

    def test_refuses_a_file_in_the_place_of_its_folder(self, tmp_path: Path) -> None:
        file = tmp_path / "crossings"
        file.touch()

        with pytest.raises(LedgerError) as refused:
            read_ledger(file)

        assert str(refused.value) == (
            f"{file.as_posix()}:1: The ledger is a folder, and this is a file. "
            f'Move it away, or name another folder in BULKHEAD["LEDGER"].'
        )

    def test_refuses_what_it_cannot_open(self, tmp_path: Path) -> None:
        (tmp_path / "billing.txt").mkdir()

        with pytest.raises(LedgerError) as refused:
            read_ledger(tmp_path)

        assert str(refused.value) == (
            f"{tmp_path.as_posix()}/billing.txt:1: This can't be read: Is a directory. "
            f"Make it a file that you may read."
        )

    def test_refuses_what_is_no_utf_8_and_names_the_line(self, tmp_path: Path) -> None:
        (tmp_path / "billing.txt").write_bytes(b"# remark\nimport a b.db.B 1 f\xfcr jetzt\n")

        with pytest.raises(LedgerError) as refused:
            read_ledger(tmp_path)

        assert str(refused.value) == (
            f"{tmp_path.as_posix()}/billing.txt:2: This is no UTF-8. Save the file as UTF-8."
        )

    def test_reads_what_an_editor_on_windows_writes(self, tmp_path: Path) -> None:
        (tmp_path / "billing.txt").write_bytes(b"\xef\xbb\xbfimport a b.db.B 1 for now\r\n")

        ledger = read_ledger(tmp_path)

        assert [(entry.key, entry.reason) for entry in ledger.entries.values()] == [
            (("import", "a", "b.db.B"), "for now")
        ]
