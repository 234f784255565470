"""Tells whether a type is plain data, which could cross to another process."""

from __future__ import annotations

import sys
from collections import abc
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from typing import (
    Any,
    Literal,
    LiteralString,
    NamedTuple,
    Never,
    NoReturn,
    NotRequired,
    Required,
    TypeVar,
    Unpack,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)
from uuid import UUID

from django.db.models import Manager, Model, QuerySet
from django.http import HttpRequest, HttpResponseBase

from bulkhead.hints import is_frozen, members, shown

Direction = Literal["in", "out"]

_VALUES = (bool, int, float, complex, str, bytes, Decimal, date, time, timedelta, UUID, type(None))
_EMPTY_HANDED = (LiteralString, Never, NoReturn)
_CONTAINERS = (
    *(list, tuple, set, frozenset, dict),
    *(abc.Sequence, abc.MutableSequence, abc.Set, abc.MutableSet),
    *(abc.Mapping, abc.MutableMapping, abc.Collection),
)
_WRAPPERS = (Required, NotRequired, Unpack)
_RETURN_PLAIN_DATA = "Return a tuple of frozen dataclasses, such as read_as() gives"


class Leak(NamedTuple):
    """A part of a type that is no plain data."""

    where: str
    """The field that holds it, as `OrderInfo.row`; empty for the type itself."""

    part: str
    what: str
    hint: str
    absent_from: str | None = None
    """The module that lacks the name `part` at run time; the rest is not known then."""


class _Verdict(NamedTuple):
    classes: tuple[type, ...]
    """These and what inherits from them."""

    forms: tuple[Any, ...]
    """These themselves."""

    what: str
    hint: str

    def fits(self, origin: Any) -> bool:
        return origin in self.forms or (_is_class(origin) and issubclass(origin, self.classes))


_REFUSED = (
    _Verdict(
        (Model,),
        (),
        "a Django model",
        "Use a frozen dataclass instead, made by publishes() or read_as(), or its id.",
    ),
    _Verdict((QuerySet, Manager), (), "a queryset", f"{_RETURN_PLAIN_DATA}."),
    _Verdict(
        (HttpRequest, HttpResponseBase),
        (),
        "a part of an HTTP exchange",
        "Read what is needed from it outside, and pass that.",
    ),
    _Verdict(
        (type,),
        (abc.Callable,),
        "code, which can't leave this process",
        "Pass plain data that says what is to be done.",
    ),
    _Verdict(
        (abc.Iterator, abc.AsyncIterable),
        (abc.Iterable,),
        "made one at a time, by code that can't leave this process",
        f"{_RETURN_PLAIN_DATA}.",
    ),
)
_OTHERWISE = (
    "no plain data",
    (
        "Plain data is: builtins, enums, dates, UUID, Decimal, frozen dataclasses, pydantic "
        "models, and containers of these."
    ),
)


def leaks(hint: Any, *, direction: Direction) -> Iterator[Leak]:
    """Find what is no plain data in a type that a function takes (`in`) or returns (`out`)."""
    yield from dict.fromkeys(_Search(direction).parts(hint, where="", bound={}))


class _Search:
    """Walks through one type, and into the fields of what it names, each class once."""

    def __init__(self, direction: Direction) -> None:
        self.direction = direction
        self.seen: set[Any] = set()

    def parts(self, hint: Any, *, where: str, bound: dict[Any, Any]) -> Iterator[Leak]:
        for member in members(hint):
            yield from self.part(bound.get(member, member), where=where, bound=bound)

    def part(self, hint: Any, *, where: str, bound: dict[Any, Any]) -> Iterator[Leak]:
        origin = get_origin(hint) or hint
        if isinstance(hint, TypeVar):
            yield from self.variable(hint, where=where)
        elif origin is Literal or hint in _EMPTY_HANDED or _is_value(origin):
            return
        elif self.holds_others(origin):
            yield from self.items(hint, where=where, bound=bound)
        elif _is_class(origin) and (hints_of := _fields_of(origin)) is not None:
            yield from self.fields(hint, hints_of, bound=bound)
        else:
            yield _refused(hint, origin, where)

    def holds_others(self, origin: Any) -> bool:
        taken = self.direction == "in" and origin is abc.Iterable
        return taken or origin in _CONTAINERS or origin in _WRAPPERS

    def variable(self, variable: TypeVar, *, where: str) -> Iterator[Leak]:
        limits = variable.__constraints__ or (variable.__bound__,)
        if limits == (None,):
            what, hint = "any type at all", "Bind it to plain data: TypeVar(..., bound=...)."
            yield Leak(where, variable.__name__, what, hint)
            return
        for limit in limits:
            yield from self.parts(limit, where=where, bound={})

    def items(self, hint: Any, *, where: str, bound: dict[Any, Any]) -> Iterator[Leak]:
        if get_origin(hint) is None:
            name = shown(hint)
            what = "a container that does not say what it holds"
            yield Leak(where, name, what, f"Write {name}[...].")
            return
        if (where, str(hint)) in self.seen:  # an alias may name itself
            return
        self.seen.add((where, str(hint)))
        for item in get_args(hint):
            if item not in (Ellipsis, ()):
                yield from self.parts(item, where=where, bound=bound)

    def fields(
        self, hint: Any, hints_of: Callable[[Any], dict[str, Any]], *, bound: dict[Any, Any]
    ) -> Iterator[Leak]:
        owner = get_origin(hint) or hint
        bound = _bindings(owner, [bound.get(each, each) for each in get_args(hint)])
        known = (owner, *map(str, bound.values()))
        if known in self.seen:
            return
        self.seen.add(known)
        try:
            hints = hints_of(owner)
        except NameError as error:
            yield _unreadable(owner, error)
            return
        for name, held in hints.items():
            yield from self.parts(held, where=f"{shown(owner)}.{name}", bound=bound)


def _is_class(hint: Any) -> bool:
    return isinstance(hint, type)


def _is_value(origin: Any) -> bool:
    return _is_class(origin) and (
        issubclass(origin, Enum) or (issubclass(origin, _VALUES) and not is_dataclass(origin))
    )


def _fields_of(cls: Any) -> Callable[[Any], dict[str, Any]] | None:
    """Return what gives the hints of a class that is made of fields, None for any other."""
    if is_dataclass(cls):
        return _dataclass_fields if is_frozen(cls) else None
    if is_typeddict(cls) or (issubclass(cls, tuple) and hasattr(cls, "_fields")):
        return lambda cls: get_type_hints(cls, include_extras=True)
    return _model_fields if _is_pydantic(cls) else None


def _dataclass_fields(cls: Any) -> dict[str, Any]:
    hints = get_type_hints(cls, include_extras=True)
    return {field.name: hints[field.name] for field in fields(cls)}


def _is_pydantic(cls: type) -> bool:
    pydantic = sys.modules.get("pydantic")  # a model's module has imported it
    return pydantic is not None and issubclass(cls, pydantic.BaseModel)


def _model_fields(cls: Any) -> dict[str, Any]:
    return {name: field.annotation for name, field in cls.model_fields.items()}


def _bindings(cls: Any, arguments: list[Any]) -> dict[Any, Any]:
    """Return what stands for the type variables of a generic class and of its bases."""
    bound = dict(zip(getattr(cls, "__parameters__", ()), arguments, strict=False))
    for base in getattr(cls, "__orig_bases__", ()):
        given = [bound.get(each, each) for each in get_args(base)]
        if _is_class(get_origin(base)):
            bound |= _bindings(get_origin(base), given)
    return bound


def _refused(hint: Any, origin: Any, where: str) -> Leak:
    if hint is Any or hint is object:
        return Leak(where, shown(hint), "anything at all", "Name the type.")
    if is_dataclass(origin):
        return Leak(
            where,
            shown(hint),
            "a dataclass that is not frozen, which its owner may change",
            f"Use a frozen dataclass instead: publishes({shown(origin)}, ...) fills one.",
        )
    for verdict in _REFUSED:
        if verdict.fits(origin):
            return Leak(where, shown(hint), verdict.what, verdict.hint)
    return Leak(where, shown(hint), *_OTHERWISE)


def _unreadable(owner: type, error: NameError) -> Leak:
    return Leak(
        shown(owner), str(error.name), "not there", "Import it.", absent_from=owner.__module__
    )
