"""How a value of one type becomes one of another, told from the types alone."""

from __future__ import annotations

from collections import abc
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import Enum
from operator import attrgetter
from types import NoneType
from typing import Any, Literal, NamedTuple, get_args, get_origin

from bulkhead.hints import members

Convert = Callable[[Any], Any]
Nested = Callable[[type, type], Convert]
"""Returns what copies one dataclass into another."""

_ORDERED: dict[Any, Callable[..., Any]] = {
    list: list,
    abc.MutableSequence: list,
    tuple: tuple,
    abc.Sequence: tuple,
    abc.Collection: tuple,
    abc.Iterable: tuple,
}
_UNORDERED: dict[Any, Callable[..., Any]] = {
    set: set,
    frozenset: frozenset,
    abc.Set: frozenset,
    abc.Collection: frozenset,
}
_MAPPINGS = (dict, abc.Mapping, abc.MutableMapping)


class MismatchError(Exception):
    """Nothing makes the one type from the other."""


def as_it_is(value: Any) -> Any:
    """Return the value: both types agree."""
    return value


def conversion(given: Any, wanted: Any, *, nested: Nested) -> Convert:
    """Return what makes a `wanted` from a `given`, or raise MismatchError."""
    allowed, accepted = members(given), members(wanted)
    if NoneType in allowed and NoneType not in accepted:
        raise MismatchError
    convert = _among(_without_none(allowed), _without_none(accepted), nested)
    if NoneType not in allowed or convert is as_it_is:
        return convert
    return lambda value: None if value is None else convert(value)


def _without_none(types: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(each for each in types if each is not NoneType)


def _among(given: tuple[Any, ...], wanted: tuple[Any, ...], nested: Nested) -> Convert:
    if len(given) == len(wanted) == 1:
        return _between(given[0], wanted[0], nested)
    if all(any(_fits(one, other) for other in wanted) for one in given):
        return as_it_is
    raise MismatchError


def _between(given: Any, wanted: Any, nested: Nested) -> Convert:
    ways = (_of_items, _of_mapping, _of_enum, _of_dataclass)
    found = (way(given, wanted, nested) for way in ways)
    convert = next((convert for convert in found if convert is not None), None)
    if convert is not None:
        return convert
    if _fits(given, wanted):
        return as_it_is
    raise MismatchError


def _fits(given: Any, wanted: Any) -> bool:
    if given == wanted:
        return True
    if get_origin(given) is Literal:
        if get_origin(wanted) is Literal:
            return set(get_args(given)) <= set(get_args(wanted))
        return isinstance(wanted, type) and all(isinstance(arg, wanted) for arg in get_args(given))
    return _is_class(given) and _is_class(wanted) and issubclass(given, wanted)


def _is_class(hint: Any) -> bool:
    return isinstance(hint, type) and get_origin(hint) is None


class _Items(NamedTuple):
    """A collection of any length."""

    container: Any
    item: Any


def _items(hint: Any) -> _Items | None:
    match get_origin(hint), get_args(hint):
        case (container, (item, end)) if container is tuple and end is Ellipsis:
            return _Items(tuple, item)
        case (container, (item,)) if container is not tuple:
            return _Items(container, item)
    return None


def _of_items(given: Any, wanted: Any, nested: Nested) -> Convert | None:
    one, other = _items(given), _items(wanted)
    if one is None or other is None:
        return None
    for kinds in (_ORDERED, _UNORDERED):
        if one.container in kinds and other.container in kinds:
            convert = conversion(one.item, other.item, nested=nested)
            return _collected(kinds[other.container], convert)
    return None


def _collected(make: Callable[..., Any], convert: Convert) -> Convert:
    return make if convert is as_it_is else lambda items: make(map(convert, items))


def _of_mapping(given: Any, wanted: Any, nested: Nested) -> Convert | None:
    if get_origin(given) not in _MAPPINGS or get_origin(wanted) not in _MAPPINGS:
        return None
    pairs = zip(get_args(given), get_args(wanted), strict=True)
    key, value = (conversion(one, other, nested=nested) for one, other in pairs)
    return lambda mapping: {key(name): value(held) for name, held in mapping.items()}


def _of_enum(given: Any, wanted: Any, _nested: Nested) -> Convert | None:
    if not (_is_class(given) and _is_class(wanted) and issubclass(given, Enum)):
        return None
    if issubclass(wanted, Enum) or not all(isinstance(each.value, wanted) for each in given):
        return None
    return attrgetter("value")


def _of_dataclass(given: Any, wanted: Any, nested: Nested) -> Convert | None:
    both = _is_class(given) and _is_class(wanted) and is_dataclass(given) and is_dataclass(wanted)
    return None if not both or issubclass(given, wanted) else nested(given, wanted)
