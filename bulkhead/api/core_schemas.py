"""What pydantic compiles validators from: schemas of types, which can be rewritten."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from typing import Any

from pydantic_core import SchemaValidator

Node = dict[str, Any]

_OF_NAMES = frozenset({"choices", "fields"})
_NO_SCHEMAS = frozenset({"cls", "default", "expected", "metadata"})
_ANEW: dict[str, Any] = {
    name: False
    for name in inspect.signature(SchemaValidator).parameters
    if name == "_use_prebuilt"  # newer versions of pydantic have it, and older ones need it not
}


def rewritten(node: Any, change: Callable[[Node], Any]) -> Any:
    """Return a copy of a schema, each part as `change` made it of one whose inner parts are."""
    if isinstance(node, list | tuple):
        return type(node)(rewritten(each, change) for each in node)
    if not isinstance(node, dict):
        return node
    copy = {name: _rewritten_part(name, part, change) for name, part in node.items()}
    return change(copy) if "type" in copy else copy


def types_in(schema: Any) -> set[str]:
    """Return the types of all parts of a schema."""
    found: set[str] = set()

    def seen(node: Node) -> Node:
        found.add(node["type"])
        return node

    rewritten(schema, seen)
    return found


def compiled(schema: Any) -> SchemaValidator:
    """Return a validator of this very schema.

    Pydantic would take the validators that the models in it have already.
    """
    return SchemaValidator(schema, None, **_ANEW)


def _rewritten_part(name: str, part: Any, change: Callable[[Node], Any]) -> Any:
    if name in _NO_SCHEMAS:
        return part
    if name in _OF_NAMES and isinstance(part, dict):
        return {key: rewritten(each, change) for key, each in part.items()}
    return rewritten(part, change)
