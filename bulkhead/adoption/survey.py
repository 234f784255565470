"""The survey: what a project is made of, what ties it together, and what could not be told."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from bulkhead.adoption.pairs import kind_rank
from bulkhead.adoption.steps import Step
from bulkhead.crossings.links import Unresolved
from bulkhead.crossings.records import Crossing
from bulkhead.crossings.sizes import Size

VERSION = 1
PROJECT = "project"
"""The kind of what is not told by a project that does not start."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A project as it was found; everything is sorted."""

    components: tuple[Size, ...]
    crossings: tuple[Crossing, ...]
    unresolved: tuple[Unresolved, ...] = ()
    title: str = ""
    """What the project is called in headings: its settings module."""

    wiring: int = 0
    """How many links between the project's own modules and components are no crossing."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels of all components."""
        return tuple(one.label for one in self.components)


def survey_of(
    components: Iterable[Size],
    crossings: Iterable[Crossing],
    unresolved: Iterable[Unresolved] = (),
    *,
    title: str = "",
    wiring: int = 0,
) -> Survey:
    """Return a survey of these, sorted; who is named in a crossing alone is a component, too."""
    held = tuple(sorted(crossings, key=_place_of))
    known = {one.label: one for one in components}
    ends = {end for one in held for end in (one.origin.component, one.target.component) if end}
    for label in ends - known.keys():
        known[label] = Size(label=label)
    return Survey(
        components=tuple(known[label] for label in sorted(known)),
        crossings=held,
        unresolved=tuple(sorted(unresolved)),
        title=title,
        wiring=wiring,
    )


def as_json(survey: Survey, steps: Iterable[Step]) -> str:
    """Return JSON as `survey.schema.json` describes it."""
    data = {
        "version": VERSION,
        "components": [one.as_json() for one in survey.components],
        "crossings": [one.as_json() for one in survey.crossings],
        "unresolved": [_plain(one) for one in survey.unresolved],
        "next_steps": [{"command": one.command, "reason": one.reason} for one in steps],
    }
    return json.dumps(data, indent=2)


def without_tests(survey: Survey) -> Survey:
    """Return the survey less what stands in tests."""
    kept = tuple(one for one in survey.crossings if not one.test)
    return replace(survey, crossings=kept)


def _plain(one: Unresolved) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "module": one.module,
        "file": one.file,
        "line": one.line,
        "text": one.text,
        "reason": one.reason,
    }


def _place_of(one: Crossing) -> tuple[Any, ...]:
    origin, target = one.origin, one.target
    return (
        origin.component or "",
        origin.file,
        origin.line,
        kind_rank(one.kind),
        target.symbol,
        target.component or "",
        origin.module,
        one.explanation.rule,
        one.verdict.value,
        one.test,
        one.reason,
    )
