"""One record for everything that ties two components together, whoever saw it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Verdict(StrEnum):
    """What is said about a crossing."""

    ALLOWED = "allowed"
    """The rules let it pass, and it is kept in sight."""

    KNOWN = "known"
    """It stands in the ledger."""

    NEW = "new"
    """It stands nowhere."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Origin:
    """Where a crossing begins; `file` is relative to the project."""

    file: str
    line: int
    module: str
    place: str
    component: str | None
    """The label of the component or legacy app; None in the project and the shared kernel."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Target:
    """Where a crossing leads."""

    symbol: str
    place: str
    component: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """The rule that judges a crossing, in words."""

    rule: str
    """The rule's name."""

    sentence: str
    possible: str
    way_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crossing:
    """Something that ties two components together, or breaks the layers of one."""

    kind: str
    origin: Origin
    target: Target
    explanation: Explanation
    verdict: Verdict = Verdict.NEW
    test: bool = False
    reason: str = ""
    sealed_by: tuple[str, ...] = ()
    """The components at its ends that rule out its kind, whatever is listed or declared."""

    marks: tuple[str, ...] = ()
    """What is worth knowing of it beside: under TYPE_CHECKING, the modules that hand it on."""

    @property
    def key(self) -> tuple[str, str, str]:
        """What the ledger knows it by."""
        return self.kind, self.origin.module, self.target.symbol

    def as_json(self) -> dict[str, Any]:
        """Return the record as the JSON of every report has it."""
        return {
            "kind": self.kind,
            "from": {
                "component": self.origin.component,
                "place": self.origin.place,
                "module": self.origin.module,
                "file": self.origin.file,
                "line": self.origin.line,
            },
            "to": {
                "component": self.target.component,
                "place": self.target.place,
                "symbol": self.target.symbol,
            },
            "rule": self.explanation.rule,
            "verdict": self.verdict.value,
            "test": self.test,
            "reason": "; ".join(filter(None, [*self.marks, self.reason])),
        }
