"""Which models a class is for: managers and querysets, admins, views, serializers, forms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

from bulkhead.crossings.reading.facts import Term, Value
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.classes import Classes
from bulkhead.crossings.resolving.index import Index
from bulkhead.crossings.resolving.memory import Memory
from bulkhead.crossings.resolving.typed import Instance, ModelClass, Named, Rows, Types

_MANY = 30
"""A class that stands above more than so many tells nothing."""

_IS_ROWS = ("Manager", "QuerySet", "Queryset")


class Bindings:
    """Tells the models of classes that are none themselves."""

    def __init__(
        self,
        registry: Registry,
        classes: Classes,
        index: Index,
        tell: Callable[[Term], Types],
    ) -> None:
        self._registry = registry
        self._classes = classes
        self._index = index
        self._tell = tell
        self.models: Memory[str, tuple[str, ...]] = Memory(self._models, tuple)

    def is_rows(self, symbol: str) -> bool:
        """Return whether a class is a queryset or manager."""
        return any(
            base.rpartition(".")[2].endswith(_IS_ROWS) for base in self._classes.outside(symbol)
        )

    def is_factory(self, symbol: str) -> bool:
        """Return whether a class makes objects of a model for tests."""
        return any(base.endswith("Factory") for base in self._classes.outside(symbol))

    def row_classes(self, label: str) -> tuple[str, ...]:
        """Return the managers and querysets of a model."""
        return self._rows_of.get(label, ())

    def rows_of(self, symbol: str) -> tuple[str, ...]:
        """Return the models that have a manager or queryset of this class."""
        return self._served.get(symbol, ())

    @cached_property
    def _rows_of(self) -> Mapping[str, tuple[str, ...]]:
        return {
            model.label: tuple(
                dict.fromkeys(
                    symbol
                    for _, manager in model.managers
                    for symbol in self._behind(self._classes.defined(manager))
                )
            )
            for model in self._registry.models
        }

    def _behind(self, manager: str) -> Iterator[str]:
        """Yield a manager's class, and that of the querysets that it makes."""
        yield manager
        if (method := self._classes.method(manager, "get_queryset")) is not None:
            yield from self._called(self._returned(method))
        given = self._classes.attribute(manager, "queryset_class")
        match given.value if given is not None else None:
            case ("term", term) if symbol := self._classes.named(term):
                yield symbol

    def _returned(self, method: str) -> Term:
        function = self._classes.function(method)
        return None if function is None else function.returns

    def _called(self, term: Term) -> Iterator[str]:
        """Yield the queryset classes that are called somewhere in a chain of calls."""
        while term is not None and term[0] in {"call", "attribute"}:
            if term[0] == "call" and term[1] is not None and term[1][0] == "name":
                symbol = self._classes.defined(term[1][1])
                if self._classes.one(symbol) is not None and self.is_rows(symbol):
                    yield symbol
            term = term[1]

    @cached_property
    def _served(self) -> Mapping[str, tuple[str, ...]]:
        found: defaultdict[str, dict[str, None]] = defaultdict(dict)
        for label, symbols in self._rows_of.items():
            for symbol in symbols:
                for one in self._classes.line(symbol):
                    found[one][label] = None
        return {symbol: tuple(labels) for symbol, labels in found.items()}

    def _models(self, symbol: str) -> tuple[str, ...]:
        """Return what a class is bound to itself; else what those are that inherit from it."""
        if found := self.own_models(symbol):
            return found
        below = self._index.below(symbol)
        if len(below) > _MANY:
            return ()
        return tuple(dict.fromkeys(label for one in below for label in self.own_models(one)))

    def own_models(self, symbol: str) -> tuple[str, ...]:
        """Return what a class is bound to by its attributes, its registration or its methods."""
        ways = (self._by_meta, self._by_attributes, self._by_registration, self._by_methods)
        for way in ways:
            if found := tuple(dict.fromkeys(way(symbol))):
                return found
        return ()

    def _by_meta(self, symbol: str) -> Iterator[str]:
        if (meta := self._classes.nested(symbol, "Meta")) is not None:
            yield from self._given(meta, "model")

    def _by_attributes(self, symbol: str) -> Iterator[str]:
        for name in ("model", "queryset"):
            yield from self._given(symbol, name)
        for name in ("serializer_class", "form_class"):
            for one in self._attribute(symbol, name):
                if isinstance(one, Named) and one.symbol != symbol:
                    yield from self.models(one.symbol)

    def _by_registration(self, symbol: str) -> Iterator[str]:
        yield from self._index.registered.get(symbol, ())

    def _by_methods(self, symbol: str) -> Iterator[str]:
        for name in ("get_queryset", "get_object"):
            if (method := self._classes.method(symbol, name)) is not None:
                yield from _labels(self._tell(self._returned(method)))

    def _given(self, symbol: str, name: str) -> Iterator[str]:
        yield from _labels(self._attribute(symbol, name))
        found = self._classes.attribute(symbol, name)
        if found is not None and isinstance(found.value, str):
            model = self._registry.by_label(found.value)
            yield from () if model is None else (model.label,)

    def _attribute(self, symbol: str, name: str) -> Types:
        found = self._classes.attribute(symbol, name)
        return () if found is None else self._told(found.value)

    def _told(self, value: Value) -> Types:
        match value:
            case ("term", term):
                return self._tell(term)
            case ("either" | "list", values):
                return tuple(one for each in values for one in self._told(each))
        return ()


def _labels(types: Types) -> Iterator[str]:
    for one in types:
        if isinstance(one, (ModelClass, Rows, Instance)):
            yield one.label
