"""The facts that an error carries: its public attributes, as far as they are plain data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import date, time, timedelta
from decimal import Decimal
from enum import Enum
from types import NoneType
from uuid import UUID

from bulkhead.hints import is_frozen

_SCALARS = (str, int, float, NoneType, Decimal, date, time, timedelta, UUID, Enum)


def facts_of(error: Exception) -> dict[str, object]:
    """Return the public attributes that are plain data; an entity among them is left out."""
    return {name: value for name, value in _attributes(error) if is_plain(value)}


def is_plain(value: object) -> bool:
    """Return whether a value is made of builtins, dates, enums and frozen dataclasses alone."""
    if isinstance(value, _SCALARS):
        return True
    if isinstance(value, Mapping):
        return all(is_plain(part) for item in value.items() for part in item)
    if isinstance(value, list | tuple | set | frozenset):
        return all(map(is_plain, value))
    return is_frozen(type(value)) and all(is_plain(part) for part in _parts(value))


def _attributes(error: Exception) -> Iterator[tuple[str, object]]:
    slots = [
        name
        for cls in reversed(type(error).__mro__)
        for name in _slots(cls)
        if hasattr(error, name)
    ]
    for name in dict.fromkeys([*slots, *vars(error)]):
        if not name.startswith("_"):
            yield name, getattr(error, name)


def _slots(cls: type) -> tuple[str, ...]:
    declared = vars(cls).get("__slots__", ())
    return (declared,) if isinstance(declared, str) else tuple(declared)


def _parts(value: object) -> Iterator[object]:
    for part in fields(value):  # type: ignore[arg-type]
        yield getattr(value, part.name)
