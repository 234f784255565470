"""What terms stand for: the class of a model, an object of it, its rows, or anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from bulkhead.crossings.reading.facts import Term, Value
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.bindings import Bindings
from bulkhead.crossings.resolving.calling import Calling
from bulkhead.crossings.resolving.classes import Classes
from bulkhead.crossings.resolving.index import Index
from bulkhead.crossings.resolving.members import Members
from bulkhead.crossings.resolving.memory import Memory
from bulkhead.crossings.resolving.parameters import Parameters
from bulkhead.crossings.resolving.rows import item
from bulkhead.crossings.resolving.typed import (
    Above,
    Frame,
    Instance,
    Items,
    ModelClass,
    Named,
    Rows,
    Table,
    Thing,
    Type,
    Types,
)
from bulkhead.crossings.resolving.words import words
from bulkhead.crossings.started import StartedModel

_SEQUENCES = words(
    "list set frozenset tuple List Set Tuple FrozenSet Iterable Iterator Sequence Collection "
    "Generator AsyncIterable AsyncIterator MutableSequence Container deque Promise"
)
_TABLES = words("dict Dict defaultdict DefaultDict OrderedDict Mapping MutableMapping")
_HOLDING: Mapping[str, type[Items | Table]] = {
    **dict.fromkeys(_SEQUENCES, Items),
    **dict.fromkeys(_TABLES, Table),
}
_ANNOTATED = ".WithAnnotations"
_MANY = 30
"""A class that stands above more than so many tells nothing."""


class Typing:
    """Tells what terms stand for, against all files and the real models."""

    def __init__(self, registry: Registry, classes: Classes, index: Index) -> None:
        self.registry = registry
        self.classes = classes
        self.index = index
        self.bindings = Bindings(registry, classes, index, self.of)
        self._members = Members(self)
        self._calling = Calling(self)
        self._parameters = Parameters(self)
        self._known: Callable[[tuple[Term, Frame | None]], Types] = Memory(self._answer, tuple)

    def of(self, term: Term, frame: Frame | None = None) -> Types:
        """Return what a term can be, nothing where that can't be told."""
        return () if term is None else self._known((term, frame))

    def of_value(self, value: Value, frame: Frame | None = None) -> Types:
        """Return what a value can be; a list by what is in it."""
        match value:
            case ("term", term):
                return self.of(term, frame)
            case ("either", values):
                return _once(one for each in values for one in self.of_value(each, frame))
            case ("list", values):
                return _once(Items(one) for each in values for one in self.of_value(each, frame))
            case ("starred", inner):
                return self._items(self.of_value(inner, frame))
        return ()

    def named(self, dotted: str) -> Types:
        """Return what a dotted name stands for."""
        return self.of(("name", dotted))

    def me(self, symbol: str) -> Types:
        """Return what `self` is in the methods of a class."""
        if (model := self.registry.by_symbol(symbol)) is not None:
            return (Instance(model.label),)
        if labels := self.bindings.rows_of(symbol):
            return tuple(Rows(label) for label in labels[:_MANY])
        below = self.index.below(symbol)
        models = [model for one in below if (model := self.registry.by_symbol(one)) is not None]
        if models and len(models) <= _MANY:
            return tuple(Instance(model.label) for model in models)
        rows = dict.fromkeys(label for one in below for label in self.bindings.rows_of(one))
        return (Thing(symbol), *(Rows(label) for label in list(rows)[:_MANY]))

    def models_in(self, symbol: str) -> list[StartedModel]:
        """Return the model that a class is; of an abstract one its heirs; else what it is for."""
        if (model := self.registry.by_symbol(symbol)) is not None:
            return [model]
        below = map(self.registry.by_symbol, self.index.below(symbol))
        found = [model for model in below if model is not None]
        labels = () if found else self.bindings.models(symbol)
        return found or [one for each in labels if (one := self.registry.by_label(each))]

    def is_in(self, me: Type, symbol: str) -> bool:
        """Return whether something is of a class, or of one that inherits from it."""
        return any(symbol in self.classes.line(one) for one in self._symbols_of(me))

    def _symbols_of(self, one: Type) -> tuple[str, ...]:
        """Return the classes that hold the methods of something."""
        match one:
            case ModelClass(label) | Instance(label):
                model = self.registry.by_label(label)
                return () if model is None else (model.symbol,)
            case Rows(label):
                return self.bindings.row_classes(label)
            case Named(symbol) | Thing(symbol):
                return (symbol,)
        return ()

    def _answer(self, key: tuple[Term, Frame | None]) -> Types:
        term, frame = key
        return () if term is None else _once(_TOLD[term[0]](self, term, frame))

    def _name(self, term: Any, _frame: Frame | None) -> Types:
        symbol = self.classes.defined(term[1])
        if (model := self.registry.by_symbol(symbol)) is not None:
            return (ModelClass(model.label),)
        if self.classes.is_ours(symbol):
            return (Named(symbol),)
        if self.classes.is_variable(symbol):
            return self.of_value(self.classes.variable(symbol))
        around, _, name = symbol.rpartition(".")
        if self.classes.is_ours(around) and not self.classes.is_module(around):
            return self._members.of(self.named(around), name)
        model = self._model_outside(symbol)
        return (Named(symbol) if model is None else ModelClass(model.label),)

    def _model_outside(self, symbol: str) -> StartedModel | None:
        """Return the model that a package hands on from another module of its own."""
        if self.registry.owner(symbol) is not None:
            return None
        top, name = symbol.partition(".")[0], symbol.rpartition(".")[2]
        models = self.registry.by_class_name.get(name, ())
        found = [model for model in models if model.symbol.partition(".")[0] == top]
        return found[0] if len(found) == 1 else None

    def _attribute(self, term: Any, frame: Frame | None) -> Types:
        return self._members.of(self.of(term[1], frame), term[2])

    def _call(self, term: Any, frame: Frame | None) -> Types:
        return self._calling.returned(term[1], term[2], frame)

    def _item(self, term: Any, frame: Frame | None) -> Types:
        return self._items(self.of(term[1], frame))

    def _items(self, types: Types) -> Types:
        return _once(found for one in types if (found := item(one)) is not None)

    def _list(self, term: Any, frame: Frame | None) -> Types:
        return tuple(Items(one) for one in self.of(term[1], frame))

    def _either(self, term: Any, frame: Frame | None) -> Types:
        return tuple(one for each in term[1] for one in self.of(each, frame))

    def _self(self, term: Any, frame: Frame | None) -> Types:
        if frame is not None and frame.me is not None and self.is_in(frame.me, term[1]):
            return (frame.me,)
        return self.me(term[1])

    def _class(self, term: Any, frame: Frame | None) -> Types:
        """Return what `cls` is."""
        return tuple(one for each in self._self(term, frame) for one in class_of(each))

    def _super(self, term: Any, frame: Frame | None) -> Types:
        return tuple(Above(term[1], one) for one in self._self(term, frame))

    def _instance(self, term: Any, _frame: Frame | None) -> Types:
        return tuple(self._annotated(term[1]))

    def _annotated(self, term: Term) -> Iterator[Type]:
        """Yield an object of an annotation."""
        match term:
            case ("of", base, arguments):
                yield from self._generic(base, arguments)
            case ("either", terms):
                for one in terms:
                    yield from self._annotated(one)
            case ("name", dotted) if (alias := self._alias(dotted)) is not None:
                yield from self._annotated(alias)
            case _:
                for found in self.of(term):
                    yield from self._object(found)

    def _alias(self, dotted: str) -> Term:
        """Return what a name is another one for, as `Orders = QuerySet[Order]`."""
        match self.classes.variable(self.classes.defined(dotted)):
            case ("term", ("of", base, arguments)):
                return "of", base, arguments
        return None

    def _object(self, one: Type) -> Iterator[Type]:
        match one:
            case ModelClass(label):
                yield Instance(label)
            case Named(symbol) if self.bindings.rows_of(symbol):
                yield from self.me(symbol)
            case Named(symbol) if self.classes.function(symbol) is None:
                yield Thing(symbol)

    def _generic(self, base: Term, arguments: tuple[Term, ...]) -> Iterator[Type]:
        """Yield an object of `QuerySet[Order]`, `list[Order]` or a class of ours."""
        given = [found for one in arguments for found in self._annotated(one)]
        for one in self.of(base):
            if not isinstance(one, Named):
                yield from self._object(one)
            elif self.bindings.is_rows(one.symbol):
                yield from (Rows(each.label) for each in given if isinstance(each, Instance))
            elif (make := _HOLDING.get(one.symbol.rpartition(".")[2])) is not None:
                yield from map(make, given[-1:] if make is Table else given)
            else:
                yield from given if one.symbol.endswith(_ANNOTATED) else (Thing(one.symbol),)

    def _of(self, term: Any, frame: Frame | None) -> Types:
        """Return a class that is given types in brackets."""
        return self.of(term[1], frame)

    def _parameter(self, term: Any, frame: Frame | None) -> Types:
        _, function, name = term
        if frame is not None and frame.function == function:
            given = dict(frame.given).get(name)
            if given:
                return given
        return self._parameters.of(function, name, None if frame is None else frame.me)

    def _unknown(self, _term: Any, _frame: Frame | None) -> Types:
        return ()


def class_of(one: Type) -> Types:
    """Return the class of something, or that class itself."""
    match one:
        case Instance(label):
            return (ModelClass(label),)
        case Thing(symbol):
            return (Named(symbol),)
        case ModelClass() | Named():
            return (one,)
    return ()


def _once(types: Iterable[Type]) -> Types:
    return tuple(dict.fromkeys(types))


_Tell: TypeAlias = Callable[[Typing, Any, Frame | None], Types]

_TOLD: Mapping[str, _Tell] = {
    "attribute": Typing._attribute,
    "call": Typing._call,
    "cls": Typing._class,
    "either": Typing._either,
    "entered": Typing._unknown,
    "instance": Typing._instance,
    "item": Typing._item,
    "items": Typing._list,
    "name": Typing._name,
    "of": Typing._of,
    "parameter": Typing._parameter,
    "self": Typing._self,
    "super": Typing._super,
}
