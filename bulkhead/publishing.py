"""Copies what a component holds into what others get to see."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, Generic, Literal, NamedTuple, TypeVar, get_type_hints

from bulkhead.conversions import Convert, MismatchError, as_it_is, conversion
from bulkhead.errors import BulkheadError, listed
from bulkhead.hints import is_frozen, shown

S = TypeVar("S")
T = TypeVar("T")


class Problem(NamedTuple):
    """Why one `publishes(...)` can't work as it is declared."""

    kind: Literal["class", "field", "type", "extra"]
    text: str
    hint: str


class PublishingError(BulkheadError, TypeError):
    """A `publishes(...)` can't work as it is declared."""

    def __init__(self, declaration: str, problems: tuple[Problem, ...]) -> None:
        found = " ".join(f"{problem.text} {problem.hint}" for problem in problems)
        super().__init__(f"{declaration} can't copy. {found}")
        self.problems = problems


class _Plan(NamedTuple):
    """How each field of the target is made, and what stands in the way."""

    makers: dict[str, Callable[[Any], Any]]
    problems: tuple[Problem, ...]


class Publisher(Generic[S, T]):
    """Makes a `T`, as others get to see it, from an `S`."""

    def __init__(
        self,
        source: type[S],
        target: type[T],
        extras: dict[str, Callable[[S], Any]],
        *,
        nested: dict[tuple[type, type], Publisher[Any, Any]] | None = None,
    ) -> None:
        """Take the copies of nested dataclasses that are in the making, so that trees end."""
        self.source = source
        self.target = target
        self.extras = extras
        self._nested = {(source, target): self} if nested is None else nested

    def __repr__(self) -> str:
        """Return it as it is written, without the extras."""
        return f"publishes({shown(self.source)}, {shown(self.target)})"

    def __call__(self, source: S, /) -> T:
        """Return the copy, or raise PublishingError where the declaration is wrong."""
        makers, problems = self._plan
        if problems:
            raise PublishingError(repr(self), problems)
        return self.target(**{name: make(source) for name, make in makers.items()})

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the declaration; nothing is called to find out."""
        return self._plan.problems

    @cached_property
    def _plan(self) -> _Plan:
        unfit = tuple(_unfit_classes(self.source, self.target))
        return _Plan({}, unfit) if unfit else self._planned()

    def _planned(self) -> _Plan:
        wanted = [field.name for field in fields(self.target) if field.init]  # type: ignore[arg-type]
        makers: dict[str, Callable[[Any], Any]] = {}
        problems = list(_unfit_extras(self.target, set(self.extras) - set(wanted), wanted))
        for name in wanted:
            made = self.extras.get(name) or self._maker(name, problems)
            if isinstance(made, Problem):
                problems.append(made)
            else:
                makers[name] = made
        return _Plan(makers, tuple(problems))

    def _maker(self, name: str, problems: list[Problem]) -> Callable[[Any], Any] | Problem:
        source, target = shown(self.source), shown(self.target)
        way_out = f"or give an extra: {name}=lambda {_spelled(source)}: ..."
        if name not in (names := _readable(self.source)):
            return Problem(
                "field",
                f"{target}.{name} has no counterpart: {source} has {listed(names)}.",
                f"Name it as it is called there, {way_out}",
            )
        try:
            given, wanted = _type_given(self.source, name), get_type_hints(self.target)[name]
        except NameError as error:
            return _unreadable(name, source, target, error)
        if given is None:
            return Problem(
                "type",
                f"The property {source}.{name} does not say what it returns.",
                f"Annotate it: def {name}(self) -> {shown(wanted)}.",
            )
        try:
            convert = conversion(given, wanted, nested=_Nested(self._nested, problems))
        except MismatchError:
            return Problem(
                "type",
                f"{target}.{name} is {shown(wanted)}, but {source}.{name} is {shown(given)}.",
                f"Give both the same type, {way_out}",
            )
        get = attrgetter(name)
        return get if convert is as_it_is else lambda held: convert(get(held))


def publishes(source: type[S], target: type[T], /, **extras: Callable[[S], Any]) -> Publisher[S, T]:
    """Return what copies the fields of `source` into the frozen dataclass `target`.

    Fields go by name, computed properties too. Collections are copied, with their items where the
    target declares a dataclass of its own for them; an enum becomes its value where the target
    says so. An extra makes one field from the whole source: `outstanding=lambda invoice: ...`.

    Declare it at module level of `public`: `manage.py check` then reads it.
    """
    return Publisher(source, target, extras)


class _Nested:
    """Returns what copies a nested dataclass, and collects its problems."""

    def __init__(
        self, known: dict[tuple[type, type], Publisher[Any, Any]], problems: list[Problem]
    ) -> None:
        self.known = known
        self.problems = problems

    def __call__(self, source: type, target: type) -> Convert:
        if (source, target) not in self.known:
            made: Publisher[Any, Any] = Publisher(source, target, {}, nested=self.known)
            self.known[source, target] = made
            self.problems += made.problems
        return self.known[source, target]


def _unfit_classes(source: type, target: type) -> Iterator[Problem]:
    if not is_dataclass(source):
        yield Problem(
            "class",
            f"{shown(source)} is no dataclass, so its fields can't be read.",
            "Copy from a dataclass of the domain, or write a function that makes the copy.",
        )
    if not is_frozen(target):
        yield Problem(
            "class",
            f"{shown(target)} is no frozen dataclass: whoever gets one could change it.",
            "Write @dataclass(frozen=True, slots=True, kw_only=True) above it.",
        )


def _unfit_extras(target: type, unknown: set[str], wanted: list[str]) -> Iterator[Problem]:
    for name in sorted(unknown):
        yield Problem(
            "extra",
            f"{shown(target)} has no field {name}. Its fields are: {listed(wanted)}.",
            "Correct the name, or drop the extra.",
        )


def _readable(source: type) -> set[str]:
    """Return the names of the fields and computed properties of a dataclass."""
    names = {field.name for field in fields(source)}
    return names | {name for name in dir(source) if name[0] != "_" and _getter(source, name)}


def _getter(source: type, name: str) -> Callable[..., Any] | None:
    """Return the function behind a computed property, None for anything else."""
    held = getattr(source, name, None)
    if isinstance(held, property):
        return held.fget
    return held.func if isinstance(held, cached_property) else None


def _type_given(source: type, name: str) -> Any:
    """Return the type of a field or computed property, None where it is not told."""
    getter = _getter(source, name)
    if getter is not None:
        return get_type_hints(getter).get("return")
    return get_type_hints(source)[name]


def _spelled(name: str) -> str:
    """Return the name of a class as that of a variable: `ChangeOrder` as `change_order`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()


def _unreadable(name: str, source: str, target: str, error: NameError) -> Problem:
    return Problem(
        "type",
        f"The type of {target}.{name} or {source}.{name} can't be read: {error}.",
        "Import what the annotations name at run time too, outside `if TYPE_CHECKING`.",
    )
