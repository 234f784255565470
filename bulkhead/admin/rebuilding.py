"""Saves single fields by rebuilding an aggregate through its constructor."""

from __future__ import annotations

import dataclasses
import dis
from collections.abc import Iterator, Mapping
from types import FunctionType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from bulkhead.repositories.shapes import Shape

_COPYING = frozenset({"replace", "__replace__", "evolve", "model_copy"})
"""What methods of frozen classes call to return themselves with another state."""


def rebuildable(shape: Shape) -> frozenset[str]:
    """Return the fields that a form may set by rebuilding.

    Neither key nor version, nor what the constructor does not take, nor a state that a method of
    the class sets: the rule of that method would be passed over.
    """
    guarded = {field.name for field in (shape.key, shape.version) if field is not None}
    names = {field.name for field in (*shape.fields, *shape.children)}
    return frozenset(names - guarded - shape.constructor.late - set_by_methods(shape.cls).keys())


def set_by_methods(cls: type) -> dict[str, str]:
    """Return the fields that methods of a class set, each with the name of one that does.

    Those of a frozen class set them by `replace(self, status=...)`.
    """
    return {
        field: name
        for base in reversed(cls.__mro__)
        for name, method in vars(base).items()
        if isinstance(method, FunctionType) and not name.startswith("__")
        for field in (*_assigned(method), *_replaced(method))
    }


def rebuilt(shape: Shape, aggregate: Any, values: Mapping[str, object]) -> Any:
    """Return the aggregate with other values, made by its constructor, whose rules hold.

    What the constructor computes it computes anew; what it only begins with is kept.
    """
    fields = {field.name: field for field in dataclasses.fields(aggregate)}
    kept = {
        name: getattr(aggregate, name)
        for name, field in fields.items()
        if field.init or _has_default(field)
    }
    return shape.constructor.make(kept | dict(values))


def _has_default(field: dataclasses.Field[Any]) -> bool:
    missing = dataclasses.MISSING
    return field.default is not missing or field.default_factory is not missing


def _assigned(method: FunctionType) -> Iterator[str]:
    for instruction in dis.get_instructions(method):
        if instruction.opname == "STORE_ATTR":
            yield str(instruction.argval)


def _replaced(method: FunctionType) -> Iterator[str]:
    """Yield the keywords of all calls of a method that makes a copy with other values."""
    code = method.__code__
    if _COPYING.isdisjoint(code.co_names):
        return
    for constant in code.co_consts:
        if isinstance(constant, tuple):
            yield from (name for name in constant if isinstance(name, str))
