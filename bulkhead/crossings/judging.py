"""From a link to a crossing: the one path on which every kind is judged."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.kinds import IMPORT, KINDS, PUBLIC_LEAK
from bulkhead.crossings.links import Link
from bulkhead.crossings.places import FIXTURES, TEMPLATES, Kind, Place, Places, is_test
from bulkhead.crossings.records import Crossing, Explanation, Origin, Target, Verdict
from bulkhead.crossings.rules import Judgement, Rules
from bulkhead.crossings.rules_of_apps import RulesOfApps

_NO_TIE = frozenset(
    {Kind.STANDARD_LIBRARY, Kind.THIRD_PARTY, Kind.BULKHEAD, Kind.SHARED_KERNEL},
)
"""What everybody may name; an import of it is judged by the layer that it stands in."""

_ANSWERED_FOR = frozenset({Kind.PUBLIC, Kind.BULKHEAD, Kind.THIRD_PARTY})
_HANDING_ON = frozenset({Kind.PROJECT, Kind.SHARED_KERNEL, Kind.LEGACY})
_PLUGGED_IN = frozenset({Kind.EDGE, Kind.PUBLIC, Kind.APPS})
"""What the project names by strings: middleware, views, configs."""

_NAMED_BY_SETTINGS = frozenset({"string", "model-lookup"})
"""The kinds by which settings install apps, middleware and the user model."""

_FRAMES = frozenset({"template", "url-name"})
"""The kinds by which a page takes its frame and its menu from the project around it."""

_PLAIN_DATA = Explanation(
    rule="plain-data",
    sentence="What public hands out is plain data, which nobody can change or query behind it.",
    possible=(
        "builtins, enums, dates, UUID, Decimal, frozen dataclasses, pydantic models, "
        "and containers of these"
    ),
    way_out="Hand out a frozen dataclass that is made of it: see publishes.",
)


@dataclass(frozen=True, slots=True)
class _End:
    """Where a link leads, and what is to be said of that."""

    symbol: str
    place: Place
    judged: Judgement


class Judging:
    """Judges links one at a time, by the places at their two ends."""

    def __init__(self, project: ProjectDescription, places: Places) -> None:
        self._project = project
        self._places = places
        self._rules = Rules(project)
        self._rules_of_apps = RulesOfApps(project)
        self._known: dict[str, Place] = {}

    def judge(self, link: Link) -> Crossing | None:
        """Return what a link is, None where it ties nobody to anybody."""
        origin = self._origin(link)
        if (end := self._end(link, origin)) is None:
            return None
        return Crossing(
            kind=link.kind,
            origin=Origin(
                file=link.file,
                line=link.line,
                module=link.module,
                place=origin.word,
                component=origin.owner,
            ),
            target=Target(symbol=end.symbol, place=end.place.word, component=end.place.owner),
            explanation=end.judged.explanation,
            verdict=Verdict.ALLOWED if end.judged.allowed else Verdict.NEW,
            test=_is_test(link),
            reason=end.judged.reason,
            marks=_marks(link),
        )

    def _end(self, link: Link, origin: Place) -> _End | None:
        if link.kind == IMPORT:
            return self._imported(link, origin)
        target = self._target(link.symbol)
        if link.kind == PUBLIC_LEAK and origin.kind is Kind.PUBLIC:
            return _End(link.symbol, target, Judgement(allowed=False, explanation=_PLAIN_DATA))
        if _wires(link, origin, target):
            return None
        if (judged := self._by_rules(origin, target)) is None:
            return None
        return _End(link.symbol, target, self._said_for(link, target, judged))

    def _imported(self, link: Link, origin: Place) -> _End | None:
        """Judge an import by the module that it names, and by the one that defines the name.

        What `public` of another component hands on is that component's affair, and what a module
        of its own hands on is judged there.
        """
        target = self._place(link.symbol)
        defined = self._judged_end(link.symbol, origin, target, link)
        if not link.way:
            return defined
        door = self._place(link.way[0])
        symbol = link.symbol if door == target else _as_named(link)
        named = self._judged_end(symbol, origin, door, link)
        if door.kind not in _HANDING_ON and _is_answered_for(origin, door):
            return named
        return _stricter(defined, named)

    def _judged_end(self, symbol: str, origin: Place, place: Place, link: Link) -> _End | None:
        judged = self._by_rules(origin, place, at_start=not link.in_function)
        return None if judged is None else _End(symbol, place, judged)

    def _by_rules(self, origin: Place, target: Place, *, at_start: bool = True) -> Judgement | None:
        if self._rules_of_apps.concern(origin, target):
            return self._rules_of_apps.judge(origin, target)
        return self._rules.judge(origin, target, at_start=at_start)

    def _said_for(self, link: Link, target: Place, judged: Judgement) -> Judgement:
        """Return the judgement with what is to be done about a link of this kind."""
        said = judged.explanation
        is_about_the_way = said.rule in {"public-only", "calls"} and target.kind is not Kind.PUBLIC
        if judged.allowed or not is_about_the_way:
            return judged
        package = self._package(link.symbol, target)
        way_out = KINDS[link.kind].way_out.format(package=package)
        return replace(judged, explanation=replace(said, way_out=way_out))

    def _package(self, symbol: str, target: Place) -> str:
        packages = self._project.component(target.component).packages
        around = [one for one in packages if f"{symbol}.".replace(":", ".").startswith(f"{one}.")]
        return max(around, key=len, default=packages[0])

    def _origin(self, link: Link) -> Place:
        if link.file.endswith(".py"):
            return self._place(link.module)
        folder = FIXTURES if link.kind == "fixture" else TEMPLATES
        return self._places.of_file(link.module, folder)

    def _target(self, symbol: str) -> Place:
        package, colon, _ = symbol.partition(":")
        return self._places.of_file(package, TEMPLATES) if colon else self._place(symbol)

    def _place(self, dotted: str) -> Place:
        if (place := self._known.get(dotted)) is None:
            place = self._known[dotted] = self._places.of(dotted.removesuffix(".*"))
        return place


def _wires(link: Link, origin: Place, target: Place) -> bool:
    """Return whether a link that is no import is nobody's affair: within one app, or wiring."""
    if target.kind in _NO_TIE or (target.owner is not None and target.owner == origin.owner):
        return True
    if link.kind in _NAMED_BY_SETTINGS and _is_settings(link.module):
        return True
    if target.kind is Kind.PROJECT:
        return origin.kind is Kind.PROJECT or link.kind in _FRAMES
    return origin.kind is Kind.PROJECT and target.kind in _PLUGGED_IN


def _is_settings(module: str) -> bool:
    """Return whether a module holds settings; the project's package may be an app itself."""
    return any(part == "settings" or part.endswith("_settings") for part in module.split("."))


def _is_answered_for(origin: Place, door: Place) -> bool:
    """Return whether the module that is named tells all: nobody asks what is behind it."""
    is_own = door.owner is not None and door.owner == origin.owner
    return is_own or door.kind in _ANSWERED_FOR


def _stricter(one: _End | None, other: _End | None) -> _End | None:
    """Return the end that is refused, else the one that is kept in sight; the first of equals."""
    ends = [end for end in (one, other) if end is not None]
    return min(ends, key=lambda end: end.judged.allowed, default=None)


def _as_named(link: Link) -> str:
    return f"{link.way[0]}.{link.symbol.rpartition('.')[2]}"


def _is_test(link: Link) -> bool:
    if link.file.endswith(".py"):
        return is_test(link.module)
    return not {"test", "tests"}.isdisjoint(PurePosixPath(link.file).parts)


def _marks(link: Link) -> tuple[str, ...]:
    through = (f"through {', '.join(link.way)}",) if link.way else ()
    return (*(("under TYPE_CHECKING",) if link.type_checking else ()), *through)
