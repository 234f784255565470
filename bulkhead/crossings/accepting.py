"""What `--accept` and `--shrink` make of the ledger."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from bulkhead.crossings.ledger_lines import Entry, Key, write_lines
from bulkhead.crossings.records import Crossing, Verdict
from bulkhead.crossings.review import Review
from bulkhead.errors import BulkheadError

_SHOWN = 20


class GrowthNeedsReasonError(BulkheadError):
    """The ledger would grow, and nobody says why."""

    def __init__(self, crossings: list[Crossing]) -> None:
        places = sorted({f"{one.origin.file}:{one.origin.line}" for one in crossings})
        more = f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else ""
        super().__init__(
            f"The ledger would grow: {', '.join(places[:_SHOWN])}{more}. "
            f'Say why this has to stay: bulkhead checkcomponents --accept --reason "...". '
            f"To drop what is gone, and accept nothing: bulkhead checkcomponents --shrink"
        )
        self.crossings = crossings


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """Why crossings have to stay, where that is told, and until when."""

    reason: str = ""
    link: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What becomes of one file of the ledger."""

    file: Path
    """Relative to the project."""

    entries: tuple[Entry, ...]
    added: int = 0
    """How many crossings it lists that it did not list before."""

    dropped: int = 0


def accept(review: Review, folder: Path, acceptance: Acceptance) -> list[Change]:
    """Return the ledger as it lists what was found, a change for each of its files.

    `folder` is where it stands, relative to the project.
    The first time needs no reason; later, what makes it grow does.
    """
    ledger, found = review.ledger, _found(review)
    growing = [one for one in found if one.verdict is Verdict.NEW]
    if growing and ledger.entries and not acceptance.reason:
        raise GrowthNeedsReasonError(growing)
    counts = Counter(one.key for one in found)
    grown = {one.key for one in growing}
    entries = [
        _accepted(key, count, ledger.entries.get(key), acceptance if key in grown else None)
        for key, count in counts.items()
    ]
    return _changes(review, folder, entries, found)


def shrink(review: Review, folder: Path) -> list[Change]:
    """Return the ledger without what is gone, and by its new name what has moved."""
    ledger, found = review.ledger, _found(review)
    counts = Counter(one.key for one in found)
    entries = [
        replace(_named(entry, key), count=min(entry.count, counts[key]))
        for key, entry in ledger.entries.items()
        if counts[key]
    ]
    return _changes(review, folder, entries, found)


def write_changes(changes: Iterable[Change], base: Path) -> None:
    """Write the files that differ; `base` is what their names are relative to."""
    for change in changes:
        write_lines(base / change.file, change.entries)


def _found(review: Review) -> list[Crossing]:
    """Return what a ledger can list: no seal rules it out, and the rules do not allow it."""
    return [
        one for one in review.crossings if one.verdict is not Verdict.ALLOWED and not one.sealed_by
    ]


def _accepted(key: Key, count: int, known: Entry | None, given: Acceptance | None) -> Entry:
    entry = (
        _named(known, key) if known else Entry(kind=key[0], module=key[1], symbol=key[2], count=0)
    )
    if given is None:
        return replace(entry, count=count)
    return replace(
        entry,
        count=count,
        reason=_joined(entry.reason, given.reason),
        until=given.until,
        link=given.link or entry.link,
    )


def _named(entry: Entry, key: Key) -> Entry:
    return replace(entry, kind=key[0], module=key[1], symbol=key[2])


def _joined(old: str, new: str) -> str:
    return new if not old else old if not new or new in old else f"{old}; {new}"


def _changes(
    review: Review,
    folder: Path,
    entries: Iterable[Entry],
    found: Iterable[Crossing],
) -> list[Change]:
    """Divide the entries among the files of their consumers, and keep what was not looked at."""
    consumers = {one.key: folder / f"{consumer_of(one)}.txt" for one in found}
    placed = [replace(entry, file=consumers[entry.key]) for entry in entries]
    there = {entry.key for entry in placed}
    entries_before = review.ledger.entries
    dropped = {one.entry.key for one in review.gone if not one.found}
    dropped |= {one.key for one in review.crossings if one.sealed_by}
    kept = [
        entry for key, entry in entries_before.items() if key not in there and key not in dropped
    ]
    after, before = [*placed, *kept], list(entries_before.values())
    files = sorted({entry.file for entry in (*before, *after)})
    changes = (_change(file, before, after) for file in files)
    return [change for change in changes if change is not None]


def _change(file: Path, before: list[Entry], after: list[Entry]) -> Change | None:
    old = {entry.key: entry for entry in before if entry.file == file}
    new = {entry.key: entry for entry in after if entry.file == file}
    if _written(old.values()) == _written(new.values()):
        return None
    return Change(
        file=file,
        entries=tuple(new[key] for key in sorted(new)),
        added=sum(_surplus(new, old)),
        dropped=sum(_surplus(old, new)),
    )


def _written(entries: Collection[Entry]) -> list[str]:
    return sorted(entry.written() for entry in entries)


def _surplus(some: Mapping[Key, Entry], others: Mapping[Key, Entry]) -> Iterator[int]:
    for key, entry in some.items():
        yield max(0, entry.count - (others[key].count if key in others else 0))


def consumer_of(crossing: Crossing) -> str:
    """Return the name of the ledger's file that lists a crossing."""
    return crossing.origin.component or crossing.origin.place.replace(" ", "_")
