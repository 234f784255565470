"""What validates the parts of a request: pydantic's validators, and what holds for every type."""

from __future__ import annotations

from typing import Any

from ninja.operation import Operation
from pydantic import PydanticUndefinedAnnotation
from pydantic_core import SchemaValidator

from bulkhead.api.branches import with_marks
from bulkhead.api.core_schemas import Node, compiled, rewritten, types_in
from bulkhead.api.limits import limited
from bulkhead.errors import BulkheadError

_CHANGED = frozenset({"decimal", "dict", "float", "tagged-union", "union"})


class UndefinedInputError(BulkheadError, NameError):
    """What an endpoint takes is made of a class that is not there."""

    def __init__(self, view: str, *, name: str) -> None:
        super().__init__(
            f"{view} takes something that is made of {name}, which is not defined where it is "
            f"named. Define {name} in that module, or import it there, outside of "
            f"`if TYPE_CHECKING`."
        )
        self.name = name


def validator_of(schema: Any) -> SchemaValidator:
    """Return a validator that limits numbers, and marks what of a location was not sent."""
    return compiled(rewritten(schema, _changed))


def change_validators(operation: Operation) -> None:
    """Let the models of the parts of a request validate in this way.

    Raise UndefinedInputError for what pydantic would look for once more at the first request.
    """
    for model in operation.models:
        try:
            model.model_rebuild()  # where a class of which it is made was not there yet
        except PydanticUndefinedAnnotation as error:
            raise UndefinedInputError(operation.view_func.__name__, name=str(error.name)) from error
        schema: Any = model.__pydantic_core_schema__
        if not _CHANGED.isdisjoint(types_in(schema)):
            model.__pydantic_validator__ = validator_of(schema)


def _changed(node: Node) -> Node:
    return with_marks(limited(node))
