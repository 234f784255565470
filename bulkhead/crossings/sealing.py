"""`manage.py seal`: declares what is clean, or says what stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bulkhead.crossings.kinds import KINDS, SEALS, WATCHED
from bulkhead.crossings.seal_edits import declared, with_seals
from bulkhead.crossings.seal_states import Obstacle, SealState
from bulkhead.crossings.wording import statement
from bulkhead.errors import BulkheadError

_SHOWN = 20
_LINES = 3


class NotWatchedYetError(BulkheadError):
    """Nothing would see this seal broken."""

    def __init__(self, seal: str) -> None:
        super().__init__(
            f"{seal} is not watched yet: it shows only while a project runs, and nothing would see "
            f"it broken. Seal imports or references."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """The class that declares a component, where it stands, and what it seals by now."""

    file: Path
    name: str
    """As reports have it: relative to the project."""

    config: str
    seals: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What came of it."""

    said: tuple[str, ...]
    is_declared: bool


def require_watched(name: str) -> None:
    """Raise NotWatchedYetError for a seal that nothing would see broken."""
    if name not in WATCHED:
        raise NotWatchedYetError(name)


def seal(config: Config, state: SealState) -> Sealed:
    """Declare a seal that is clean; else say what stands in the way, or has to be done by hand."""
    require_watched(state.seal)
    if not state.is_clean:
        return Sealed(said=tuple(_what_stands_in_the_way(state)), is_declared=False)
    if state.declared:
        said = f"{state.component} has sealed {state.seal} already, and nothing breaks it."
        return Sealed(said=(said,), is_declared=True)
    return _declare(config, state)


def _declare(config: Config, state: SealState) -> Sealed:
    seals = tuple(one for one in SEALS if one in {*config.seals, state.seal})
    edit = with_seals(config.file.read_bytes().decode(), config.config, seals)
    if edit is None:
        said = (
            f"{state.component} can seal {state.seal}. Write it into {config.config} yourself:",
            f"    {config.name}: {declared(seals)}",
        )
        return Sealed(said=said, is_declared=False)
    config.file.write_bytes(edit.source.encode())
    said = (
        f"{state.component} has sealed {state.seal}.",
        f"    {config.name}:{edit.line}: {declared(seals)}",
    )
    return Sealed(said=said, is_declared=True)


def _what_stands_in_the_way(state: SealState) -> Iterator[str]:
    count, one = state.in_the_way, state.in_the_way == 1
    if state.declared:
        how = f"has its seal of {state.seal} broken by {count} {'thing' if one else 'things'}"
    else:
        stand = "thing stands" if one else "things stand"
        how = f"can't seal {state.seal}: {count} {stand} in the way"
    yield f"{state.component} {how}, the cheapest first."
    for fault in state.faults:
        yield f"{fault.file}:{fault.line}: {fault.what}"
        yield f"    Way out: {fault.explanation.way_out}"
    for obstacle in state.obstacles[:_SHOWN]:
        yield from _words_of(obstacle)
    if len(state.obstacles) > _SHOWN:
        yield (
            f"And {len(state.obstacles) - _SHOWN} more; all of them: "
            f"bulkhead checkcomponents --format json"
        )


def _words_of(obstacle: Obstacle) -> Iterator[str]:
    count, first = len(obstacle.crossings), obstacle.first
    yield f"{count} {KINDS[first.kind].name}:"
    for one in obstacle.crossings[:_LINES]:
        yield f"    {one.origin.file}:{one.origin.line}: {statement(one)}"
    if count > _LINES:
        yield f"    and {count - _LINES} more"
    yield f"    Way out: {first.explanation.way_out}"
