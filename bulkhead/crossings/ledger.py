"""The ledger: the crossings that a project knows of, in a text file for each consumer.

A line is: kind, module it comes from, name it leads to, how many; then, where there are any,
`until=` with the day from which it fails again, `link=` with a page about it, and the reason.
What follows a `#` at the start of a line is a remark, and belongs to the line below it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from bulkhead.crossings.ledger_lines import Entry, Key, LedgerError, read_lines
from bulkhead.crossings.reading.reader import relative_name
from bulkhead.crossings.records import Crossing, Verdict

__all__ = ["Entry", "Gone", "Ledger", "LedgerError", "Moved", "read_ledger"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """An entry that lists more than is there."""

    entry: Entry
    found: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """An entry whose module, or whose target's, bears another name since it was written."""

    entry: Entry
    key: Key
    """What it is recognised by now."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """What a project knows of; nothing where there is no file."""

    entries: Mapping[Key, Entry] = field(default_factory=dict)
    moved: tuple[Moved, ...] = ()

    def judge(
        self,
        crossings: Iterable[Crossing],
        *,
        seals: Mapping[str, Collection[str]] = {},
        today: date | None = None,
    ) -> list[Crossing]:
        """Return the crossings with those known that it lists, at most as many as it lists.

        `seals` has the kinds of crossing that each component rules out, whatever is listed.
        """
        seen: Counter[Key] = Counter()
        return [self._judge(one, seen, seals, today or date.today()) for one in crossings]  # noqa: DTZ011 - the day where the team works

    def gone(self, crossings: Iterable[Crossing], *, kinds: Iterable[str]) -> list[Gone]:
        """Return the entries of these kinds that list more crossings than there are."""
        found = Counter(one.key for one in crossings if one.verdict is not Verdict.ALLOWED)
        watched = set(kinds)
        return [
            Gone(entry=entry, found=found[key])
            for key, entry in sorted(self.entries.items())
            if entry.kind in watched and found[key] < entry.count
        ]

    def followed(self, moved: Iterable[Moved]) -> Ledger:
        """Return the ledger as it reads where these entries bear their new names."""
        by_key = {one.key: one for one in moved if one.key not in self.entries}
        old = {one.entry.key for one in by_key.values()}
        entries = {key: entry for key, entry in self.entries.items() if key not in old}
        entries |= {key: one.entry for key, one in by_key.items()}
        return Ledger(entries, tuple(by_key[key] for key in sorted(by_key)))

    def _judge(
        self,
        crossing: Crossing,
        seen: Counter[Key],
        seals: Mapping[str, Collection[str]],
        today: date,
    ) -> Crossing:
        if sealing := _sealed_by(crossing, seals):
            reason = f"sealed by {' and '.join(sealing)}"
            return replace(crossing, verdict=Verdict.NEW, reason=reason, sealed_by=sealing)
        entry = self.entries.get(crossing.key)
        if entry is None or crossing.verdict is Verdict.ALLOWED:
            return crossing
        seen[crossing.key] += 1
        if seen[crossing.key] > entry.count:
            return replace(crossing, reason=f"more than the {entry.count} in the ledger")
        if entry.until is not None and entry.until <= today:
            return replace(crossing, reason=f"in the ledger until {entry.until} only")
        return replace(crossing, verdict=Verdict.KNOWN, reason=entry.reason)


def read_ledger(folder: Path, *, base: Path = Path()) -> Ledger:
    """Return the ledger in this folder, or raise LedgerError for a line that can't be read.

    `base` is what the names of its files are relative to, where they are below it.
    """
    entries: dict[Key, Entry] = {}
    if folder.is_file():
        way_out = 'Move it away, or name another folder in BULKHEAD["LEDGER"].'
        raise LedgerError(folder, 1, "The ledger is a folder, and this is a file.", way_out)
    for file in sorted(folder.glob("*.txt")):
        name = Path(relative_name(file, base))
        for line in read_lines(file).entries:
            entry = replace(line, file=name)
            if (first := entries.setdefault(entry.key, entry)) is not entry:
                problem = f"This crossing stands in {first.file.as_posix()}:{first.line} already."
                raise LedgerError(file, entry.line, problem, "Make one line of the two.")
    return Ledger(entries)


def _sealed_by(crossing: Crossing, seals: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the components at its ends that rule out a crossing of this kind."""
    ends = dict.fromkeys([crossing.origin.component, crossing.target.component])
    return tuple(label for label in ends if label and crossing.kind in seals.get(label, ()))
