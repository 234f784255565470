"""What attributes of things stand for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from bulkhead.crossings.reading.facts import Function
from bulkhead.crossings.registry import Step
from bulkhead.crossings.resolving.index import last_of
from bulkhead.crossings.resolving.rows import METHODS
from bulkhead.crossings.resolving.typed import (
    Above,
    Ask,
    Descriptor,
    Frame,
    Instance,
    Items,
    ModelClass,
    Named,
    Presumed,
    Rows,
    Table,
    Thing,
    Type,
    Types,
)
from bulkhead.crossings.resolving.words import words

if TYPE_CHECKING:
    from bulkhead.crossings.resolving.types import Typing

REQUEST = "django.http.request.HttpRequest"

_REQUESTS = ("Request", "HttpRequest", "WSGIRequest", "ASGIRequest")
_PROPERTIES = ("property", "cached_property", "classproperty")
_MANAGERS = words("objects _default_manager _base_manager")

GIVEN_ROWS = words("get_queryset filter_queryset get_object_list")
"""Methods of views, admins and filters that give the rows of their model."""

GIVEN_OBJECTS = words("get_object save get_obj create build")
"""Methods of views, forms, serializers and factories that give one object."""

GIVEN_LISTS = words("create_batch build_batch")


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
        if model is None:
            return
        if name in _MANAGERS or name in dict(model.managers):
            yield Rows(one.label)
        elif name in self._registry.accessors(one.label):
            yield Descriptor(one.label, name)
        else:
            yield from self._of_class(model.symbol, name, one)

    def _of_instance(self, one: Instance, name: str) -> Iterator[Type]:
        model = self._registry.by_label(one.label)
        if (step := self._registry.accessors(one.label).get(name)) is not None:
            yield _along(step)
        elif name == "__class__":
            yield ModelClass(one.label)
        elif model is not None and name not in self._registry.fields(one.label):
            yield from self._of_class(model.symbol, name, one)

    def _of_presumed(self, one: Presumed, name: str) -> Iterator[Type]:
        if (step := self._registry.accessors(one.label).get(name)) is not None:
            found = _along(step)
            yield Presumed(found.label) if isinstance(found, Instance) else found

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
        label = step.field.through or f"{step.declared_by.label}_{step.field.name}"
        through = self._registry.by_label(label)
        if name == "through" and through is not None:
            yield ModelClass(through.label)

    def _of_named(self, one: Named, name: str) -> Iterator[Type]:
        if self._classes.one(one.symbol) is not None:
            yield from self._of_class(one.symbol, name, one)
        elif self._classes.function(one.symbol) is None:
            yield from self._typing.named(f"{one.symbol}.{name}")

    def _of_thing(self, one: Thing, name: str) -> Iterator[Type]:
        if name == "user" and one.symbol.rpartition(".")[2] in _REQUESTS:
            yield Instance(self._registry.user_model)
        elif name == "context" and one.symbol.endswith("ResolveInfo"):
            yield Thing(REQUEST)
        elif name == "__class__":
            yield Named(one.symbol)
        elif found := tuple(self._of_class(one.symbol, name, one)):
            yield from found
        elif (model := self._registry.named_like(name)) is not None:
            yield Presumed(model.label)

    def _of_above(self, one: Above, name: str) -> Iterator[Type]:
        if isinstance(one.me, Rows) and name in METHODS:
            yield Ask(name, one.me)
        elif (function := self._classes.method(one.symbol, name, above=True)) is not None:
            yield from self._of_function(function, one.me)
        elif isinstance(one.me, Thing):
            yield from self._given(one.me.symbol, name, one.me)

    def _of_items(self, one: Items | Table, name: str) -> Iterator[Type]:
        if name in {"pop", "copy", "get", "setdefault", "values"}:
            yield Ask(name, one)

    def _of_nothing(self, _one: Type, _name: str) -> Iterator[Type]:
        yield from ()

    def _of_class(self, symbol: str, name: str, me: Type) -> Iterator[Type]:
        """Yield what stands in a class, else what its framework gives it."""
        if (function := self._classes.method(symbol, name)) is not None:
            yield from self._of_function(function, me)
            return
        if found := self._assigned(symbol, name, me):
            yield from found
        elif (nested := self._classes.nested(symbol, name)) is not None:
            yield from self._typing.named(nested)
        elif isinstance(me, (Thing, Named)):
            yield from self._given(symbol, name, me)

    def _assigned(self, symbol: str, name: str, me: Type) -> Types:
        found = self._classes.attribute(symbol, name)
        return () if found is None else self._typing.of_value(found.value, Frame(me))

    def _of_function(self, symbol: str, me: Type) -> Iterator[Type]:
        function = self._classes.function(symbol)
        if function is not None and _is_property(function):
            yield from self._typing.of(function.returns, Frame(me))
        else:
            yield Named(symbol, me)

    def _given(self, symbol: str, name: str, me: Type) -> Iterator[Type]:
        """Yield what a framework gives the classes that are bound to a model."""
        if name == "request":
            yield Thing(REQUEST)
        elif name in GIVEN_ROWS or name in GIVEN_OBJECTS or name in GIVEN_LISTS:
            yield Ask(name, me)
        elif (make := _PROVIDED.get(name)) is not None:
            yield from map(make, self._bindings.models(symbol))


def _is_property(function: Function) -> bool:
    return any(last_of(decorator) in _PROPERTIES for decorator in function.decorators)


def _along(step: Step) -> Rows | Instance:
    label = step.leads_to.label
    return Rows(label) if step.is_many else Instance(label)


_PROVIDED: Mapping[str, Callable[[str], Type]] = {
    "instance": Instance,
    "model": ModelClass,
    "object": Instance,
    "object_list": Rows,
    "qs": Rows,
    "queryset": Rows,
}

_Member: TypeAlias = Callable[[Members, Any, str], Iterator[Type]]

_MEMBERS: Mapping[type, _Member] = {
    Above: Members._of_above,
    Ask: Members._of_nothing,
    Descriptor: Members._of_descriptor,
    Instance: Members._of_instance,
    Items: Members._of_items,
    ModelClass: Members._of_model,
    Named: Members._of_named,
    Presumed: Members._of_presumed,
    Rows: Members._of_rows,
    Table: Members._of_items,
    Thing: Members._of_thing,
}
