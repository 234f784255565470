"""A review in words, a few lines for each thing to do; no line is ever wrapped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from bulkhead.crossings.kinds import KINDS
from bulkhead.crossings.ledger import Gone
from bulkhead.crossings.places import Kind
from bulkhead.crossings.records import Crossing, Explanation, Origin, Target, Verdict
from bulkhead.crossings.review import Review

ACCEPT = "bulkhead checkcomponents --accept"
ALL = "bulkhead checkcomponents --all"
SHRINK = "bulkhead checkcomponents --shrink"


def words_of(review: Review, *, most: int | None = None) -> Iterator[str]:
    """Yield the lines of a report on what has to be done; at most so many of what is new."""
    for fault in review.faults:
        yield f"{fault.file}:{fault.line}: {fault.what}"
        yield from _explained(fault.explanation)
    groups = [list(group) for _, group in groupby(review.new, key=_statement)]
    for group in groups[:most]:
        yield from _words_of_crossings(group)
    if rest := sum(map(len, groups[len(groups[:most]) :])):
        yield f"And {rest:,} more that are new: {ALL}"
    for gone in review.gone:
        yield from _words_of_gone(gone)
    yield summary(review)
    yield from next_words(review)


def statement(crossing: Crossing) -> str:
    """Return what a crossing is, in one clause that names no file."""
    return _clause([crossing])


def statement_of_gone(gone: Gone) -> str:
    """Return what is gone, in one clause."""
    entry = gone.entry
    return (
        f"The ledger lists {entry.count} of {entry.kind} {entry.module} {entry.symbol}, "
        f"and {gone.found or 'none'} is left."
    )


def excuse(crossing: Crossing) -> str:
    """Return why the ledger, or what is declared, excuses a new crossing no longer."""
    if crossing.sealed_by:
        verb = "has" if len(crossing.sealed_by) == 1 else "have"
        return (
            f"Seal: {' and '.join(crossing.sealed_by)} {verb} sealed {KINDS[crossing.kind].seal}, "
            f"and nothing that is listed or declared excuses this."
        )
    return f"Ledger: this is {crossing.reason}." if crossing.reason else ""


def summary(review: Review) -> str:
    """Return the numbers."""
    known = sum(one.verdict is Verdict.KNOWN for one in review.crossings)
    in_tests = sum(one.test for one in review.new)
    return (
        f"{len(review.new)} new ({in_tests} in tests), {known} known, {len(review.gone)} gone, "
        f"{len(review.faults)} faults."
    )


def next_words(review: Review) -> Iterator[str]:
    """Yield the commands that would do something about it, each with what for."""
    for command, purpose in next_steps(review):
        yield f"{purpose}: {command}"


def next_steps(review: Review) -> Iterator[tuple[str, str]]:
    """Yield each command that one would run next, and what for."""
    known = any(one.verdict is Verdict.KNOWN for one in review.crossings)
    if any(not one.sealed_by for one in review.new):
        why = ' --reason "..."' if known or review.gone else ""
        yield f"{ACCEPT}{why}", "What has to stay for now goes into the ledger"
    if review.gone:
        yield SHRINK, "What is gone leaves the ledger"
    if review.moved:
        yield SHRINK, _said_of_moved(len(review.moved))


def _said_of_moved(count: int) -> str:
    if count == 1:
        return "A line of the ledger bears an old name, and still counts"
    return f"{count} lines of the ledger bear old names, and still count"


def _words_of_crossings(crossings: list[Crossing]) -> Iterator[str]:
    """Yield one text for all that one line ties to one place against one rule."""
    first = crossings[0]
    marks = f" ({'; '.join(first.marks)})" if first.marks else ""
    yield f"{first.origin.file}:{first.origin.line}: {_clause(crossings)}{marks}"
    if said := excuse(first):
        yield f"    {said}"
    yield from _explained(first.explanation)


def _clause(crossings: list[Crossing]) -> str:
    first = crossings[0]
    symbols = ", ".join(dict.fromkeys(one.target.symbol for one in crossings))
    verb = KINDS[first.kind].verb
    return f"{_whose(first.origin)} {verb} {_whose(first.target)}: {symbols}"


def _words_of_gone(gone: Gone) -> Iterator[str]:
    entry = gone.entry
    yield f"{entry.file.as_posix()}:{entry.line}: {statement_of_gone(gone)}"
    yield "    Rule: The ledger only shrinks, and lists nothing that is gone."
    way_out = f"Write {gone.found} for {entry.count}" if gone.found else "Remove the line"
    yield f"    Way out: {way_out}: {SHRINK}"


def _explained(explanation: Explanation) -> Iterator[str]:
    yield f"    Rule ({explanation.rule}): {explanation.sentence}"
    yield f"    Possible: {explanation.possible}."
    yield f"    Way out: {explanation.way_out}"


def _statement(crossing: Crossing) -> tuple[object, ...]:
    return (
        crossing.origin.file,
        crossing.origin.line,
        crossing.kind,
        _whose(crossing.target),
        crossing.explanation.rule,
        crossing.marks,
        crossing.reason,
    )


def _whose(end: Origin | Target) -> str:
    if end.place == Kind.THIRD_PARTY:
        return "a third-party package"
    if end.component is None:
        return end.place
    return f"{end.place} {'' if end.place == Kind.LEGACY else 'of '}{end.component}"
