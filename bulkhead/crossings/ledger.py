"""The ledger: the crossings that a project knows of, in a text file for each consumer.

A line is: kind, module it comes from, name it leads to, how many, and the reason, which may be
left out. What follows a `#` at the start of a line is a remark.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulkhead.crossings.records import Crossing, Verdict
from bulkhead.errors import BulkheadError

_EXAMPLE = (
    "import components.invoicing.service.reports components.contracting.db.models.ContractRow 2 "
    "until contracting offers the sum"
)
_COLUMNS = 4


class LedgerError(BulkheadError):
    """A line of the ledger can't be read."""

    def __init__(self, file: Path, line: int, problem: str, way_out: str) -> None:
        super().__init__(f"{file.as_posix()}:{line}: {problem} {way_out}")
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entry:
    """One line: so many crossings of one kind, from one module to one name."""

    kind: str
    module: str
    symbol: str
    count: int
    reason: str = ""
    file: Path = field(default=Path(), compare=False)
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> tuple[str, str, str]:
        """What a crossing is recognised by."""
        return self.kind, self.module, self.symbol


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An entry that lists more than is there."""

    entry: Entry
    found: int


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a project knows of; nothing where there is no file."""

    entries: Mapping[tuple[str, str, str], Entry] = field(default_factory=dict)

    def judge(self, crossings: Iterable[Crossing]) -> list[Crossing]:
        """Return the crossings with those known that it lists, at most as many as it lists."""
        seen: Counter[tuple[str, str, str]] = Counter()
        return [self._judge(crossing, seen) for crossing in crossings]

    def gone(self, crossings: Iterable[Crossing], *, kinds: Iterable[str]) -> list[Gone]:
        """Return the entries of these kinds that list more crossings than there are."""
        found = Counter(one.key for one in crossings if one.verdict is not Verdict.ALLOWED)
        watched = set(kinds)
        return [
            Gone(entry=entry, found=found[entry.key])
            for entry in sorted(self.entries.values())
            if entry.kind in watched and found[entry.key] < entry.count
        ]

    def _judge(self, crossing: Crossing, seen: Counter[tuple[str, str, str]]) -> Crossing:
        entry = self.entries.get(crossing.key)
        if entry is None or crossing.verdict is Verdict.ALLOWED:
            return crossing
        seen[crossing.key] += 1
        if seen[crossing.key] > entry.count:
            return replace(crossing, reason=f"more than the {entry.count} in the ledger")
        return replace(crossing, verdict=Verdict.KNOWN, reason=entry.reason)


def read_ledger(folder: Path) -> Ledger:
    """Return the ledger in this folder, or raise LedgerError for a line that can't be read."""
    entries: dict[tuple[str, str, str], Entry] = {}
    if folder.is_file():
        way_out = 'Move it away, or name another folder in BULKHEAD["LEDGER"].'
        raise LedgerError(folder, 1, "The ledger is a folder, and this is a file.", way_out)
    for file in sorted(folder.glob("*.txt")):
        for number, line in enumerate(_text_of(file).splitlines(), start=1):
            if not line.strip() or line.startswith("#"):
                continue
            entry = _entry(file, number, line)
            if (first := entries.setdefault(entry.key, entry)) is not entry:
                problem = f"This crossing stands in {first.file.as_posix()}:{first.line} already."
                raise LedgerError(file, number, problem, "Make one line of the two.")
    return Ledger(entries)


def _text_of(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        problem = f"This can't be read: {error.strerror}."
        raise LedgerError(file, 1, problem, "Make it a file that you may read.") from error
    try:
        return content.decode("utf-8-sig")  # an editor may have put a mark before the text
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LedgerError(file, line, "This is no UTF-8.", "Save the file as UTF-8.") from error


def _entry(file: Path, number: int, line: str) -> Entry:
    kind, module, symbol, count, *reason = [*line.split(maxsplit=_COLUMNS), "", "", "", ""][:5]
    if not count.isdecimal() or int(count) == 0:
        problem = "A line is kind, module, name, count and reason, divided by spaces."
        raise LedgerError(file, number, problem, f"Write it as: {_EXAMPLE}")
    return Entry(
        kind=kind,
        module=module,
        symbol=symbol,
        count=int(count),
        reason=reason[0].strip() if reason else "",
        file=file,
        line=number,
    )
