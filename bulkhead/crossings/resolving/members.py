"""What attributes of things stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from bulkhead.crossings.reading.facts import Function, Term
from bulkhead.crossings.registry import Step
from bulkhead.crossings.resolving.rows import METHODS
from bulkhead.crossings.resolving.typed import (
    Above,
    Ask,
    Descriptor,
    Instance,
    Items,
    ModelClass,
    Named,
    Rows,
    Thing,
    Type,
    Types,
)

if TYPE_CHECKING:
    from bulkhead.crossings.resolving.types import Typing

REQUEST = "django.http.request.HttpRequest"

_REQUESTS = ("Request", "HttpRequest", "WSGIRequest", "ASGIRequest")
_PROPERTIES = ("property", "cached_property", "classproperty")
_MANAGERS = frozenset({"objects", "_default_manager", "_base_manager"})
_LIST_METHODS = frozenset({"pop", "copy"})

ROWS = frozenset({"queryset", "object_list", "qs"})
"""What the classes of views, filters and admins call the rows of their model."""

OBJECTS = frozenset({"object", "instance"})
"""What they call one of them."""

GIVEN_ROWS = frozenset({"get_queryset", "filter_queryset", "get_object_list"})
GIVEN_OBJECTS = frozenset({"get_object", "save", "get_obj"})


class Members:
    """Tells what attributes of things stand for."""

    def __init__(self, typing: Typing) -> None:
        self._typing = typing
        self._registry = typing.registry
        self._classes = typing.classes
        self._bindings = typing.bindings

    def of(self, types: Types, name: str) -> Types:
        """Return what this attribute can be, of something that can be one of these."""
        return tuple(found for one in types for found in _MEMBERS[type(one)](self, one, name))

    def _of_model(self, one: ModelClass, name: str) -> Iterator[Type]:
        model = self._registry.by_label(one.label)
        managers = {manager for manager, _ in model.managers} if model is not None else set()
        if name in managers or name in _MANAGERS:
            yield Rows(one.label)
        elif name in self._registry.accessors(one.label):
            yield Descriptor(one.label, name)
        elif model is not None:
            yield from self._of_class(model.symbol, name, one)

    def _of_instance(self, one: Instance, name: str) -> Iterator[Type]:
        if (step := self._registry.accessors(one.label).get(name)) is not None:
            yield _along(step)
            return
        model = self._registry.by_label(one.label)
        if model is not None and name not in self._registry.fields(one.label):
            yield from self._of_class(model.symbol, name, one)

    def _of_rows(self, one: Rows, name: str) -> Iterator[Type]:
        if name in METHODS:
            yield Ask(name, one)
        elif name == "model":
            yield ModelClass(one.label)
        else:
            for symbol in self._bindings.row_classes(one.label):
                yield from self._of_class(symbol, name, one)

    def _of_descriptor(self, one: Descriptor, name: str) -> Iterator[Type]:
        step = self._registry.accessors(one.label)[one.name]
        through = self._registry.by_label(step.field.through)
        if name == "through" and through is not None:
            yield ModelClass(through.label)

    def _of_named(self, one: Named, name: str) -> Iterator[Type]:
        if one.symbol in self._classes.by_symbol:
            yield from self._of_class(one.symbol, name, one)
        elif one.symbol not in self._classes.functions:
            yield from self._typing.named(f"{one.symbol}.{name}")

    def _of_thing(self, one: Thing, name: str) -> Iterator[Type]:
        if name == "user" and one.symbol.rpartition(".")[2] in _REQUESTS:
            yield Instance(self._registry.user_model)
        elif one.symbol.endswith("ResolveInfo") and name == "context":
            yield Thing(REQUEST)
        else:
            yield from self._of_class(one.symbol, name, one)

    def _of_above(self, one: Above, name: str) -> Iterator[Type]:
        if isinstance(one.me, Rows) and name in METHODS:
            yield Ask(name, one.me)
        elif (function := self._classes.method(one.symbol, name, above=True)) is not None:
            yield from self._of_function(function, one.me)
        elif isinstance(one.me, Thing):
            yield from self._given(one.me.symbol, name, one.me)

    def _of_items(self, one: Items, name: str) -> Iterator[Type]:
        if name in _LIST_METHODS:
            yield Ask(name, one)

    def _of_nothing(self, _one: Type, _name: str) -> Iterator[Type]:
        yield from ()

    def _of_class(self, symbol: str, name: str, me: Type) -> Iterator[Type]:
        """Yield what stands in a class, else what its framework gives it."""
        if (function := self._classes.method(symbol, name)) is not None:
            yield from self._of_function(function, me)
            return
        if (found := self._classes.attribute(symbol, name)) is not None:
            types = self._typing.of_value(found.value, me)
            if types:
                yield from types
                return
        if (nested := self._classes.nested(symbol, name)) is not None:
            yield from self._typing.named(nested)
        elif isinstance(me, (Thing, Named)):
            yield from self._given(symbol, name, me)

    def _of_function(self, symbol: str, me: Type) -> Iterator[Type]:
        function = self._classes.functions[symbol]
        if is_property(function):
            yield from self._typing.of(function.returns, me)
        else:
            yield Named(symbol, me)

    def _given(self, symbol: str, name: str, me: Type) -> Iterator[Type]:
        """Yield what a framework gives the classes that are bound to a model."""
        if name == "request":
            yield Thing(REQUEST)
        elif name in GIVEN_ROWS or name in GIVEN_OBJECTS:
            yield Ask(name, me)
        elif (make := _PROVIDED.get(name)) is not None:
            yield from map(make, self._bindings.models(symbol))


def is_property(function: Function) -> bool:
    """Return whether a method is read like an attribute."""
    return any(last_of(decorator) in _PROPERTIES for decorator in function.decorators)


def last_of(term: Term) -> str:
    """Return the last name of a function, called or not."""
    while term is not None and term[0] == "call":
        term = term[1]
    if term is None or term[0] not in {"name", "attribute"}:
        return ""
    return str(term[-1]).rpartition(".")[2]


def _along(step: Step) -> Type:
    label = step.leads_to.label
    return Rows(label) if step.is_many else Instance(label)


_PROVIDED: Mapping[str, Callable[[str], Type]] = {
    **dict.fromkeys(ROWS, Rows),
    **dict.fromkeys(OBJECTS, Instance),
    "model": ModelClass,
}

_MEMBERS: Mapping[type, Callable[[Members, Type, str], Iterator[Type]]] = {
    ModelClass: Members._of_model,
    Instance: Members._of_instance,
    Rows: Members._of_rows,
    Descriptor: Members._of_descriptor,
    Named: Members._of_named,
    Thing: Members._of_thing,
    Above: Members._of_above,
    Items: Members._of_items,
    Ask: Members._of_nothing,
}  # type: ignore[dict-item]
