"""Steps of a location that name no place in what was sent: branches of a union, and keys.

Pydantic says `either`, `list[int]`, `0` of the first item of a list in a union. Names alone do not
tell whether a step is one of its own, so that these are marked before.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bulkhead.api.core_schemas import Node

_OURS = "\0"
"""Stands for a branch; a client sends no such name, as NUL characters are refused."""
_OURS_TOO = "\0\0"
"""Stands behind a step that pydantic names itself, and takes it along."""


def with_marks(node: Node) -> Node:
    """Return a part of a schema that marks such steps."""
    kind = node["type"]
    if kind == "union":
        return {**node, "choices": [(_choice(each), _OURS) for each in node["choices"]]}
    if kind == "tagged-union":
        marked = {tag: _behind_its_name(each) for tag, each in node["choices"].items()}
        return {**node, "choices": marked}
    if kind == "dict" and "keys_schema" in node:
        return {**node, "keys_schema": _behind_its_name(node["keys_schema"])}
    return node


def without_marks(location: Iterable[str | int]) -> list[str | int]:
    """Return a location without such steps."""
    left: list[str | int] = []
    for step in location:
        if step == _OURS_TOO:
            left.pop()
        elif step != _OURS:
            left.append(step)
    return left


def _choice(given: Any) -> Any:
    """Return the schema of a choice, which may have a name beside it."""
    return given[0] if isinstance(given, tuple) else given


def _behind_its_name(schema: Any) -> Node:
    """Return a union of one choice, which does nothing but mark."""
    return {
        "type": "union",
        "choices": [(schema, _OURS_TOO)],
        "mode": "left_to_right",
        "auto_collapse": False,
    }
