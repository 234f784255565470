"""What parameters without an annotation are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from bulkhead.crossings.reading.facts import Call, FileFacts, Function, Value
from bulkhead.crossings.resolving.members import REQUEST, last_of
from bulkhead.crossings.resolving.typed import (
    Instance,
    ModelClass,
    Named,
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

    def __init__(self, typing: Typing, facts: Mapping[str, FileFacts]) -> None:
        self._typing = typing
        self._classes = typing.classes
        self._bindings = typing.bindings
        self._facts = facts

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
        one = self._classes.functions.get(function)
        if name in {"instance", "sender"}:
            for label in self._senders.get(function, ()):
                yield ModelClass(label) if name == "sender" else Instance(label)
        elif name in _ROWS:
            for symbol in self._filters.get(function, ()):
                yield from map(Rows, self._bindings.models(symbol))
        elif one is not None and (one.name.startswith("test") or _is_fixture(one)):
            yield from self._of_fixture(function, name)

    def _of_fixture(self, function: str, name: str) -> Types:
        """Return what the fixture of this name returns: of the nearest package that has one."""
        near = sorted(self._fixtures.get(name, ()), key=lambda one: _apart(one, function))
        for fixture in near:
            if fixture != function:
                return self._typing.of(self._classes.functions[fixture].returns)
        return ()

    @cached_property
    def _fixtures(self) -> Mapping[str, tuple[str, ...]]:
        """The fixtures of pytest by their names."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for symbol, function in self._classes.functions.items():
            if _is_fixture(function):
                found[function.name.rpartition(".")[2]].append(symbol)
        return {name: tuple(symbols) for name, symbols in found.items()}

    @cached_property
    def _senders(self) -> Mapping[str, tuple[str, ...]]:
        """The models whose signals each function receives."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for module in sorted(self._facts):
            for call in self._facts[module].calls:
                if call.name in {"receiver", "connect"} and "sender" in dict(call.keywords):
                    types = self._typing.of_value(dict(call.keywords)["sender"])
                    labels = [one.label for one in types if isinstance(one, ModelClass)]
                    for function in self._receivers(module, call):
                        found[function].update(dict.fromkeys(labels))
        return {function: tuple(labels) for function, labels in found.items()}

    def _receivers(self, module: str, call: Call) -> Iterator[str]:
        """Yield the functions that a call connects: what follows a decorator, or its argument."""
        if call.name == "receiver":
            lines = [one for one in self._facts[module].functions if one.line >= call.line]
            for function in sorted(lines, key=lambda one: one.line)[:1]:
                yield f"{module}.{function.name}"
        else:
            yield from self._functions(call.arguments[0] if call.arguments else None)

    @cached_property
    def _filters(self) -> Mapping[str, tuple[str, ...]]:
        """The filter sets that name each function as the method of one of their filters."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for module in sorted(self._facts):
            for call in self._facts[module].calls:
                if (method := dict(call.keywords).get("method")) is not None and call.scope:
                    for function in self._functions(method):
                        found[function][f"{module}.{call.scope}"] = None
        return {function: tuple(symbols) for function, symbols in found.items()}

    def _functions(self, value: Value) -> Iterator[str]:
        types = self._typing.of_value(value)
        return (one.symbol for one in types if isinstance(one, Named))


def _is_fixture(function: Function) -> bool:
    return any(last_of(decorator) == "fixture" for decorator in function.decorators)


def _apart(one: str, other: str) -> int:
    """Return how far apart two names are: the fewer packages they share, the farther."""
    shared = 0
    for mine, others in zip(one.split("."), other.split("."), strict=False):
        if mine != others:
            break
        shared += 1
    return -shared
