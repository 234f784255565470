"""Names that stand twice in one object of JSON: who reads it may take the first or the last."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

Path = tuple[str | int, ...]

_HOLDERS = frozenset({dict, list})


def repeated_names(body: bytes, value: Any) -> Iterator[Path]:
    """Return the path to every name that stands twice in an object of the JSON.

    A name has a colon after it, so that there are none where there are as many colons as names.
    Otherwise some text has a colon in it, and the body is read again.
    """
    if type(value) not in _HOLDERS or body.count(b":") == _names_in(value):
        return iter(())
    return _found(json.loads(body, object_pairs_hook=_object, parse_int=str, parse_float=str))


class _Repeating(dict[str, Any]):
    """An object with names that stand in it twice."""

    def __init__(self, members: list[tuple[str, Any]]) -> None:
        super().__init__(members)
        counted = Counter(name for name, _ in members)
        self.names = [name for name, times in counted.items() if times > 1]


def _object(members: list[tuple[str, Any]]) -> dict[str, Any]:
    whole = dict(members)
    return whole if len(whole) == len(members) else _Repeating(members)


def _found(value: Any, path: Path = ()) -> Iterator[Path]:
    if isinstance(value, _Repeating):
        for name in value.names:
            yield (*path, name)
    items: Iterable[tuple[str | int, Any]]
    items = value.items() if isinstance(value, dict) else enumerate(value)
    for step, item in items:
        if isinstance(item, dict | list):
            yield from _found(item, (*path, step))


def _names_in(value: Any) -> int:
    """Return how many names stand in all objects of a value."""
    own, items = (len(value), value.values()) if type(value) is dict else (0, value)
    return own + sum(_names_in(each) for each in items if type(each) in _HOLDERS)
