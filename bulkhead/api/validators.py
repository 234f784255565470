"""What validates the parts of a request: pydantic's validators, and what holds for every type."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from pydantic_core import SchemaValidator

from bulkhead.api.branches import with_marks
from bulkhead.api.core_schemas import Node, compiled, rewritten, types_in
from bulkhead.api.limits import limited

_CHANGED = frozenset({"decimal", "dict", "float", "tagged-union", "union"})


def validator_of(schema: Any) -> SchemaValidator:
    """Return a validator that limits numbers, and marks what of a location was not sent."""
    return compiled(rewritten(schema, _changed))


def change_validators(models: Iterable[Any]) -> None:
    """Let the models of the parts of a request validate in this way."""
    for model in models:
        if not model.__pydantic_complete__:  # a class of which it is made was not there yet
            model.model_rebuild(raise_errors=False)
        schema = model.__pydantic_core_schema__
        if not _CHANGED.isdisjoint(types_in(schema)):
            model.__pydantic_validator__ = validator_of(schema)


def _changed(node: Node) -> Node:
    return with_marks(limited(node))
