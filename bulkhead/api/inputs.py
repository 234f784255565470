"""Which entities a client could fill in: those that an endpoint's parameters lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any, get_args, get_type_hints

from pydantic import BaseModel

from bulkhead.domain_classes import owner_of_domain_class
from bulkhead.hints import is_frozen, members
from bulkhead.repositories import installed_repositories


def entities_in(annotation: Any) -> list[type]:
    """Return the aggregates, and other mutable classes of a domain, that a type leads to.

    Enums and frozen values of a domain may be sent: they have no state that a rule guards.
    """
    aggregates = {repository.aggregate_class for repository in installed_repositories()}
    return [cls for cls in _classes(annotation, set()) if cls in aggregates or _is_entity(cls)]


def field_names(cls: type) -> list[str]:
    """Return the fields of a class, as far as they are declared."""
    return list(_fields(cls)) or list(getattr(cls, "__annotations__", {}))


def _is_entity(cls: type) -> bool:
    if owner_of_domain_class(cls) is None or issubclass(cls, Enum):
        return False
    config = getattr(cls, "model_config", {})
    return not (is_frozen(cls) or config.get("frozen", False))


def _classes(annotation: Any, seen: set[Any]) -> Iterator[type]:
    """Return every class that a type is made of, each once, without going below a domain's."""
    for member in members(annotation):
        for argument in get_args(member):
            yield from _classes(argument, seen)
        if isinstance(member, type) and member not in seen:
            seen.add(member)
            yield member
            for hint in _fields(member).values():
                yield from _classes(hint, seen)


def _fields(cls: type) -> dict[str, Any]:
    if issubclass(cls, BaseModel):
        return {name: field.annotation for name, field in cls.model_fields.items()}
    if is_dataclass(cls):
        hints = get_type_hints(cls)
        return {field.name: hints[field.name] for field in fields(cls)}
    return {}
