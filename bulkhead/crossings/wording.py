"""A review in words, a few lines for each thing to do; no line is ever wrapped."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from bulkhead.crossings.ledger import Gone
from bulkhead.crossings.places import Kind
from bulkhead.crossings.records import Crossing, Explanation, Origin, Target
from bulkhead.crossings.review import Review


def words_of(review: Review, ledger: Path) -> Iterator[str]:
    """Yield the lines of a report on everything that has to be done."""
    for fault in review.faults:
        yield f"{fault.file}:{fault.line}: {fault.what}"
        yield from _explained(fault.explanation)
    for _, group in groupby(review.new, key=_statement):
        yield from _words_of_crossings(list(group))
    for gone in review.gone:
        yield from _words_of_gone(gone)
    yield _summary(review)
    for unlisted in [one for one in review.new if not one.reason][:1]:
        yield _way_into(ledger, unlisted)


def _words_of_crossings(crossings: list[Crossing]) -> Iterator[str]:
    """Yield one text for all that one line imports from one place against one rule."""
    first = crossings[0]
    symbols = ", ".join(one.target.symbol for one in crossings)
    yield (
        f"{first.origin.file}:{first.origin.line}: {_whose(first.origin)} imports "
        f"{_whose(first.target)}: {symbols}"
    )
    if first.reason:
        yield f"    Ledger: this is {first.reason}."
    yield from _explained(first.explanation)


def _words_of_gone(gone: Gone) -> Iterator[str]:
    entry = gone.entry
    yield (
        f"{entry.file.as_posix()}:{entry.line}: The ledger lists {entry.count} of {entry.kind} "
        f"{entry.module} {entry.symbol}, and {gone.found or 'none'} is left."
    )
    yield "    Rule: The ledger only shrinks, and lists nothing that is gone."
    way_out = f"Write {gone.found} for {entry.count}." if gone.found else "Remove the line."
    yield f"    Way out: {way_out}"


def _explained(explanation: Explanation) -> Iterator[str]:
    yield f"    Rule ({explanation.rule}): {explanation.sentence}"
    yield f"    Possible: {explanation.possible}."
    yield f"    Way out: {explanation.way_out}"


def _statement(crossing: Crossing) -> tuple[str, int, str, str]:
    rule = crossing.explanation.rule
    return crossing.origin.file, crossing.origin.line, _whose(crossing.target), rule


def _whose(end: Origin | Target) -> str:
    if end.place == Kind.THIRD_PARTY:
        return "a third-party package"
    if end.component is None:
        return end.place
    return f"{end.place} {'' if end.place == Kind.LEGACY else 'of '}{end.component}"


def _way_into(ledger: Path, crossing: Crossing) -> str:
    consumer = crossing.origin.component or crossing.origin.place.replace(" ", "_")
    return (
        f"What has to stay for now is listed in the ledger, such as the first of these in "
        f"{ledger.as_posix()}/{consumer}.txt: {' '.join(crossing.key)} 1 until ..."
    )


def _summary(review: Review) -> str:
    known = sum(one.verdict == "known" for one in review.crossings)
    in_tests = sum(one.test for one in review.new)
    return (
        f"{len(review.new)} new ({in_tests} in tests), {known} known, {len(review.gone)} gone, "
        f"{len(review.faults)} faults."
    )
