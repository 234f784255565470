"""What has to be done, one thing at a line, as annotations and SARIF have it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from bulkhead.crossings.ledger import Gone
from bulkhead.crossings.records import Crossing, Explanation
from bulkhead.crossings.review import Review
from bulkhead.crossings.wording import SHRINK, excuse, statement, statement_of_gone

GONE = "gone"
_GONE_SENTENCE = "The ledger only shrinks, and lists nothing that is gone."


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing at one line."""

    file: str
    line: int
    rule: str
    sentence: str
    """The rule, in words."""

    statement: str
    way_out: str
    fingerprint: str
    """The same in every run, wherever the line has moved to."""

    @property
    def message(self) -> str:
        """All of it; it ends in what to do."""
        return f"{self.statement} {self.sentence} {self.way_out}"


def findings(review: Review) -> Iterator[Finding]:
    """Yield everything that has to be done, in the order of the text."""
    for fault in review.faults:
        identity = ("fault", fault.file, fault.what)
        yield _finding(fault.file, fault.line, fault.what, fault.explanation, identity)
    yield from _new(review.new)
    yield from map(_gone, review.gone)


def _new(crossings: Iterable[Crossing]) -> Iterator[Finding]:
    seen: Counter[tuple[str, ...]] = Counter()
    for one in crossings:
        seen[one.key] += 1
        identity = (*one.key, str(seen[one.key]))
        yield _finding(one.origin.file, one.origin.line, _said(one), one.explanation, identity)


def _gone(gone: Gone) -> Finding:
    explanation = Explanation(
        rule=GONE, sentence=_GONE_SENTENCE, possible="", way_out=f"Run: {SHRINK}"
    )
    file, said = gone.entry.file.as_posix(), statement_of_gone(gone)
    return _finding(file, gone.entry.line, said, explanation, (GONE, *gone.entry.key))


def _said(crossing: Crossing) -> str:
    marks = f" ({'; '.join(crossing.marks)})" if crossing.marks else ""
    return " ".join(filter(None, [f"{statement(crossing)}{marks}.", excuse(crossing)]))


def _finding(
    file: str, line: int, said: str, explanation: Explanation, identity: tuple[str, ...]
) -> Finding:
    return Finding(
        file=file,
        line=line,
        rule=explanation.rule,
        sentence=explanation.sentence,
        statement=said,
        way_out=explanation.way_out,
        fingerprint=sha256("\0".join(identity).encode()).hexdigest(),
    )
