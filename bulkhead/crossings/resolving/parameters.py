"""What parameters without an annotation are given."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bulkhead.crossings.resolving.index import is_fixture
from bulkhead.crossings.resolving.members import REQUEST
from bulkhead.crossings.resolving.typed import (
    Instance,
    ModelClass,
    Presumed,
    Rows,
    Thing,
    Type,
    Types,
)
from bulkhead.crossings.resolving.words import words

if TYPE_CHECKING:
    from bulkhead.crossings.resolving.types import Typing

_ROWS = words("queryset qs")
_OBJECTS = words("obj instance object record root")
_FRAMEWORKS = (
    "Admin",
    "AdminBase",
    "Filter",
    "FilterSet",
    "Form",
    "FormSet",
    "Inline",
    "Mutation",
    "ObjectType",
    "Serializer",
    "Table",
    "View",
    "ViewSet",
)
_KNOWN = {"request": REQUEST, "info": "graphql.GraphQLResolveInfo"}


class Parameters:
    """Tells what frameworks give the methods that they call, and pytest the tests."""

    def __init__(self, typing: Typing) -> None:
        self._typing = typing
        self._classes = typing.classes
        self._bindings = typing.bindings
        self._index = typing.index

    def of(self, function: str, name: str, me: Type | None) -> Types:
        """Return what a parameter of a function can be."""
        if name in _KNOWN:
            return (Thing(_KNOWN[name]),)
        if (around := self._classes.around(function)) is not None:
            found = tuple(self._of_method(around, name, me))
        else:
            found = tuple(self._of_function(function, name))
        if found or (model := self._typing.registry.named_like(name)) is None:
            return found
        return (ModelClass(model.label) if name[:1].isupper() else Presumed(model.label),)

    def _of_method(self, around: str, name: str, me: Type | None) -> Iterator[Type]:
        """Yield the rows or the object that a method of an admin, a filter or a form is given."""
        symbol = me.symbol if isinstance(me, Thing) else around
        if name in _ROWS | _OBJECTS and self._is_of_a_framework(symbol):
            make = Rows if name in _ROWS else Instance
            yield from map(make, self._bindings.models(symbol))

    def _is_of_a_framework(self, symbol: str) -> bool:
        return any(base.endswith(_FRAMEWORKS) for base in self._classes.outside(symbol))

    def _of_function(self, function: str, name: str) -> Iterator[Type]:
        one = self._classes.function(function)
        if name in {"instance", "sender"}:
            for label in self._index.senders.get(function, ()):
                yield ModelClass(label) if name == "sender" else Instance(label)
        elif name in _ROWS:
            for symbol in self._index.filters.get(function, ()):
                yield from map(Rows, self._bindings.models(symbol))
        elif one is not None and (one.name.startswith("test") or is_fixture(one)):
            yield from self._of_fixture(function, name)

    def _of_fixture(self, function: str, name: str) -> Types:
        """Return what the fixture of this name returns: of the nearest package that has one."""
        near = sorted(self._index.fixtures.get(name, ()), key=lambda one: _apart(one, function))
        for fixture in near:
            one = self._classes.function(fixture)
            if fixture != function and one is not None:
                return self._typing.of(one.returns)
        return ()


def _apart(one: str, other: str) -> int:
    """Return how far apart two names are: the fewer packages they share, the farther."""
    shared = 0
    for mine, others in zip(one.split("."), other.split("."), strict=False):
        if mine != others:
            break
        shared += 1
    return -shared
