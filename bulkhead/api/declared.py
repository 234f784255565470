"""What an endpoint declares beyond what the web framework knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

from ninja.constants import NOT_SET
from ninja.operation import Operation
from ninja.signature import ViewSignature

from bulkhead.api.parameters import Filled, View


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What stands at an endpoint, and in its view's signature."""

    filled: tuple[Filled, ...] = ()
    """The parameters that Bulkhead fills."""

    permission: Any = NOT_SET
    """NOT_SET where its router says it."""

    if_match: bool = True
    """False where it opts out of asking for the state that a change is meant for."""

    problems: frozenset[int] = frozenset()
    """The statuses that it may answer beside those that follow from what it takes."""


_declared: WeakKeyDictionary[ViewSignature, Declared] = WeakKeyDictionary()


def declare(view: View, declared: Declared) -> None:
    """Remember this of the operation that ninja has just made of the view."""
    _declared[view._ninja_operation.signature] = declared  # type: ignore[attr-defined]


def declared_of(operation: Operation) -> Declared:
    """Return what an operation declares, wherever it is mounted."""
    return _declared.get(operation.signature, Declared())
