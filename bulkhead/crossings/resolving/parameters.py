"""What parameters without an annotation are given."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeGuard

from bulkhead.crossings.reading.facts import Call, Function, Value
from bulkhead.crossings.reading.reader import FileFacts
from bulkhead.crossings.resolving.members import REQUEST, last_of
from bulkhead.crossings.resolving.typed import Instance, ModelClass, Named, Rows, Thing, Type, Types

if TYPE_CHECKING:
    from bulkhead.crossings.resolving.types import Typing

_ROWS = frozenset({"queryset", "qs"})
_OBJECTS = frozenset({"obj", "instance", "object"})
_FRAMEWORKS = (
    "Admin",
    "AdminBase",
    "FilterSet",
    "Filter",
    "Form",
    "FormSet",
    "Inline",
    "Serializer",
    "View",
    "ViewSet",
)


class Parameters:
    """Tells what frameworks give the methods that they call, and pytest the tests."""

    def __init__(self, typing: Typing, facts: Mapping[str, FileFacts]) -> None:
        self._typing = typing
        self._classes = typing.classes
        self._bindings = typing.bindings
        self._facts = facts

    def of(self, function: str, name: str, me: Type | None) -> Types:
        """Return what a parameter of a function can be."""
        if name in {"request", "info"}:
            return (Thing(REQUEST if name == "request" else "graphql.GraphQLResolveInfo"),)
        if (around := self._classes.around(function)) is not None:
            return tuple(self._of_method(around, name, me))
        one = self._classes.functions.get(function)
        if one is None:
            return ()
        return tuple(self._of_receiver(function, name)) or self._of_fixture(function, one, name)

    def _of_method(self, around: str, name: str, me: Type | None) -> Iterator[Type]:
        """Yield the rows or the object that a method of an admin, a filter or a form is given."""
        symbol = me.symbol if isinstance(me, Thing) else around
        if name not in _ROWS | _OBJECTS or not self._is_of_a_framework(symbol):
            return
        make = Rows if name in _ROWS else Instance
        yield from map(make, self._bindings.models(symbol))

    def _is_of_a_framework(self, symbol: str) -> bool:
        return any(base.endswith(_FRAMEWORKS) for base in self._classes.outside(symbol))

    def _of_receiver(self, function: str, name: str) -> Iterator[Type]:
        """Yield what `@receiver(post_save, sender=Order)` lets a function be given."""
        if name not in {"instance", "sender"}:
            return
        for label in self._senders.get(function, ()):
            yield ModelClass(label) if name == "sender" else Instance(label)

    @cached_property
    def _senders(self) -> Mapping[str, tuple[str, ...]]:
        """The models whose signals each function receives."""
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for module in sorted(self._facts):
            for function, sender in self._connected(module, self._facts[module]):
                labels = (one.label for one in self._typing.of_value(sender) if _is_model(one))
                found[function].update(dict.fromkeys(labels))
        return {function: tuple(labels) for function, labels in found.items()}

    def _connected(self, module: str, facts: FileFacts) -> Iterator[tuple[str, Value]]:
        """Yield each function that receives a signal of one sender."""
        for call in facts.calls:
            sender = dict(call.keywords).get("sender")
            if sender is None:
                continue
            if call.name == "receiver":
                for function in _decorated(facts, call)[:1]:
                    yield f"{module}.{function.name}", sender
            elif call.name == "connect" and call.arguments:
                for one in self._typing.of_value(call.arguments[0]):
                    if isinstance(one, Named):
                        yield one.symbol, sender

    def _of_fixture(self, function: str, one: Function, name: str) -> Types:
        """Return what the fixture of this name returns: of the nearest package that has one."""
        if not (one.name.startswith("test") or _is_fixture(one)):
            return ()
        near = sorted(self._fixtures.get(name, ()), key=lambda each: _distance(each, function))
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


def _is_fixture(function: Function) -> bool:
    return any(last_of(decorator) == "fixture" for decorator in function.decorators)


def _distance(fixture: str, function: str) -> int:
    """Return how far apart two names are: the fewer packages they share, the farther."""
    shared = 0
    for one, other in zip(fixture.split("."), function.split("."), strict=False):
        if one != other:
            break
        shared += 1
    return -shared


def _is_model(one: Type) -> TypeGuard[ModelClass]:
    return isinstance(one, ModelClass)


def _decorated(facts: FileFacts, call: Call) -> list[Function]:
    """Return the functions that come after a call, the nearest first."""
    after = (function for function in facts.functions if function.line >= call.line)
    return sorted(after, key=lambda function: function.line)
