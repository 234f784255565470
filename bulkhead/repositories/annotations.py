"""What a dataclass says of its fields, at run time."""

from __future__ import annotations

import dataclasses
import types
from typing import (
    Annotated,
    Any,
    NamedTuple,
    TypeGuard,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)


class Annotation(NamedTuple):
    """The type of a field, without what wraps it."""

    type: Any
    optional: bool


class Collection(NamedTuple):
    """A list or tuple of one class."""

    container: type
    item: Any


def annotations_of(cls: type) -> dict[str, Annotation]:
    """Return the types of a dataclass's fields, and raise NameError for a name that is unknown."""
    hints = get_type_hints(cls)
    return {field.name: unwrapped(hints[field.name]) for field in dataclasses.fields(cls)}


def unwrapped(hint: Any) -> Annotation:
    """Return the type without `Annotated`, `NewType`, `type` statements and `None`."""
    if get_origin(hint) is Annotated:
        return unwrapped(get_args(hint)[0])
    for named in ("__supertype__", "__value__"):
        if hasattr(hint, named):
            return unwrapped(getattr(hint, named))
    if get_origin(hint) in (Union, types.UnionType):
        given = [arg for arg in get_args(hint) if arg is not types.NoneType]
        core = unwrapped(given[0]).type if len(given) == 1 else hint
        return Annotation(core, optional=len(given) < len(get_args(hint)))
    return Annotation(hint, optional=False)


def is_dataclass_type(hint: Any) -> TypeGuard[type]:
    """Return whether the annotation is a dataclass."""
    return isinstance(hint, type) and dataclasses.is_dataclass(hint)


def takes_anything(hint: Any) -> bool:
    """Return whether the annotation says nothing: None fits it as well."""
    return hint is Any or hint is object


def collection(hint: Any) -> Collection | None:
    """Return the container and item of `list[X]` or `tuple[X, ...]`, None for any other type."""
    origin, args = get_origin(hint), get_args(hint)
    if origin is list and args:
        return Collection(list, args[0])
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:  # noqa: PLR2004 - (X, ...)
        return Collection(tuple, args[0])
    return None


def init_only(cls: type) -> list[str]:
    """Return the `InitVar`s that the constructor can't do without."""
    return [
        field.name
        for field in cls.__dict__.get("__dataclass_fields__", {}).values()
        if field._field_type is dataclasses._FIELD_INITVAR  # type: ignore[attr-defined]
        and field.default is dataclasses.MISSING
        and field.default_factory is dataclasses.MISSING
    ]
