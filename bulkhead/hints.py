"""Reads type hints: without what wraps them, and as one would write them."""

from __future__ import annotations

import inspect
import re
import types
from types import NoneType, SimpleNamespace
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints


def evaluated(annotation: Any, namespace: dict[str, Any]) -> Any:
    """Return what an annotation means, also where it or a part of it is a string.

    Raise NameError, or whatever else reading it raises.
    """
    holder = SimpleNamespace(__annotations__={"it": annotation})
    return get_type_hints(holder, globalns=namespace, include_extras=True)["it"]


def bare(hint: Any) -> Any:
    """Return the type without `Annotated`, `NewType` and the name of an alias; None for None."""
    if get_origin(hint) is Annotated:
        return bare(get_args(hint)[0])
    if hasattr(hint, "__supertype__"):
        return bare(hint.__supertype__)
    meant = named(hint)
    return hint if meant is hint else bare(meant)


def named(hint: Any) -> Any:
    """Return what an alias stands for, and everything else as it is."""
    if type(hint).__name__ == "TypeAliasType":
        return hint.__value__
    if is_alias_with_arguments(hint):
        return get_origin(hint).__value__[get_args(hint)]
    return hint


def is_alias_with_arguments(hint: Any) -> bool:
    """Return whether this is `Pair[int]` of a `type Pair[T] = tuple[T, T]`."""
    return type(get_origin(hint)).__name__ == "TypeAliasType"


def members(hint: Any) -> tuple[Any, ...]:
    """Return the types that a hint allows, `NoneType` included: one, or those of its union."""
    hint = bare(hint)
    if hint is None:
        return (NoneType,)
    if get_origin(hint) in (Union, types.UnionType):
        return tuple(member for argument in get_args(hint) for member in members(argument))
    return (hint,)


def is_frozen(cls: Any) -> bool:
    """Return whether this is a frozen dataclass."""
    parameters = getattr(cls, "__dataclass_params__", None)
    return parameters is not None and bool(parameters.frozen)


def shown(hint: Any) -> str:
    """Return a hint as one would write it, without the modules that its names come from."""
    written = hint if isinstance(hint, str) else inspect.formatannotation(hint)
    return re.sub(r"\b(?:\w+\.)+(?=\w)", "", written.replace("<locals>.", ""))
