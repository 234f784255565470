"""What to type after a survey, the most telling first."""

from __future__ import annotations

import shlex
from collections.abc import Iterator

from bulkhead.adoption.findings import Findings, Turn
from bulkhead.adoption.steps import Step
from bulkhead.adoption.words import counted

_COMMAND = "bulkhead survey"


def next_steps(findings: Findings) -> tuple[Step, ...]:
    """Return what is worth typing next."""
    if not findings.survey.components:
        return (
            Step(
                command=f"{_COMMAND} --package NAME",
                reason="No app below this folder was found; name the package that holds yours.",
            ),
        )
    return (*_to_look(findings), *_to_free(findings), *_to_hold(findings), *_to_resolve(findings))


def first_to_free(findings: Findings) -> Turn | None:
    """Return the first component that something ties, None where nothing ties any."""
    return next((turn for turn in findings.turns if turn.ties), None)


def command_for(*labels: str) -> str:
    """Return the command that lists the lines of one component, or those between two."""
    return " ".join([_COMMAND, *(f"--component {shlex.quote(label)}" for label in labels)])


def _to_look(findings: Findings) -> Iterator[Step]:
    for tie in findings.ties[:1]:
        found = counted(len(tie.crossings), "crossing")
        yield Step(
            command=command_for(*tie.names),
            reason=f"Lists the {found} between the two that are most entangled.",
        )
    if findings.ties:
        yield Step(
            command=f"{_COMMAND} --html survey.html",
            reason="Draws all of it in one page: who uses whom, and the lines behind each cell.",
        )


def _to_free(findings: Findings) -> Iterator[Step]:
    turn = first_to_free(findings)
    if turn is not None:
        yield Step(
            command=command_for(turn.label),
            reason=f"Shows what stands in the way of {turn.label}, the first to free.",
        )


def _to_hold(findings: Findings) -> Iterator[Step]:
    if findings.ties:
        yield Step(
            command="bulkhead checkcomponents --accept",
            reason="Writes down what is there today; from then on only what is new is reported.",
        )


def _to_resolve(findings: Findings) -> Iterator[Step]:
    if count := len(findings.survey.unresolved):
        yield Step(
            command=f"{_COMMAND} --unresolved",
            reason=f"Lists the {counted(count, 'place')} that could not be told.",
        )
