"""What terms stand for: the class of a model, an object of it, its rows, or anything else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from bulkhead.crossings.reading.facts import Term, Value
from bulkhead.crossings.reading.reader import FileFacts
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.bindings import Bindings
from bulkhead.crossings.resolving.calling import Calling
from bulkhead.crossings.resolving.classes import Classes, Names
from bulkhead.crossings.resolving.members import Members
from bulkhead.crossings.resolving.memory import Memory
from bulkhead.crossings.resolving.parameters import Parameters
from bulkhead.crossings.resolving.rows import item
from bulkhead.crossings.resolving.typed import (
    Above,
    Instance,
    Items,
    ModelClass,
    Named,
    Rows,
    Thing,
    Type,
    Types,
)
from bulkhead.crossings.started import StartedModel

_SEQUENCES = frozenset(
    "list set frozenset tuple List Set Tuple FrozenSet Iterable Iterator Sequence Collection "
    "Generator AsyncIterable AsyncIterator MutableSequence Container deque".split()
)
_MANY = 30


class Typing:
    """Tells what terms stand for, against all files and the real models."""

    def __init__(
        self, registry: Registry, facts: Mapping[str, FileFacts], names: Names
    ) -> None:
        self.registry = registry
        self.names = names
        self.classes = Classes(facts, names)
        self.bindings = Bindings(registry, self.classes, facts, self.of)
        self._members = Members(self)
        self._calling = Calling(self)
        self._parameters = Parameters(self, facts)
        self._known: Callable[[tuple[Term, Type | None]], Types] = Memory(self._answer, ())
        self._symbols: dict[str, Types] = {}

    def of(self, term: Term, me: Type | None = None) -> Types:
        """Return what a term can be, nothing where that can't be told.

        `me` is what the method that it stands in was asked of.
        """
        return () if term is None else self._known((term, me))

    def of_value(self, value: Value, me: Type | None = None) -> Types:
        """Return what a value can be; a list by what is in it."""
        match value:
            case ("term", term):
                return self.of(term, me)
            case ("either", values):
                return _once(one for each in values for one in self.of_value(each, me))
            case ("list", values):
                return _once(Items(one) for each in values for one in self.of_value(each, me))
            case ("starred", inner):
                return self._items(self.of_value(inner, me))
        return ()

    def named(self, dotted: str) -> Types:
        """Return what a dotted name stands for."""
        if dotted not in self._symbols:
            symbol = self.classes.defined(dotted)
            if (found := self._defined(symbol)) is None:
                return self._variable(symbol)
            self._symbols[dotted] = found
        return self._symbols[dotted]

    def me(self, symbol: str) -> Types:
        """Return what `self` is in the methods of a class."""
        if (model := self.registry.by_symbol(symbol)) is not None:
            return (Instance(model.label),)
        if labels := self.bindings.rows_of(symbol):
            return tuple(Rows(label) for label in labels[:_MANY])
        below = self.classes.below.get(symbol, ())
        models = [model for one in below if (model := self.registry.by_symbol(one)) is not None]
        if models and len(models) <= _MANY:
            return tuple(Instance(model.label) for model in models)
        rows = [label for one in below for label in self.bindings.rows_of(one)]
        return (Thing(symbol), *(Rows(label) for label in dict.fromkeys(rows[:_MANY])))

    def models_in(self, symbol: str) -> list[StartedModel]:
        """Return the model that a class is, or those that it is for; of an abstract one its heirs."""
        models = [self.registry.by_symbol(symbol)]
        if models == [None]:
            below = self.classes.below.get(symbol, ())
            models = [self.registry.by_symbol(one) for one in below]
        found = [model for model in models if model is not None]
        labels = () if found else self.bindings.models(symbol)
        return found or [one for each in labels if (one := self.registry.by_label(each))]

    def is_in(self, me: Type, symbol: str) -> bool:
        """Return whether something is of a class, or of one that inherits from it."""
        return any(symbol in self.classes.line(one) for one in self.symbols_of(me))

    def symbols_of(self, one: Type) -> tuple[str, ...]:
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

    def _answer(self, key: tuple[Term, Type | None]) -> Types:
        term, me = key
        if term is None:
            return ()
        return _once(_TOLD[term[0]](self, term, me))

    def _name(self, term: tuple[str, str], _me: Type | None) -> Types:
        return self.named(term[1])

    def _defined(self, symbol: str) -> Types | None:
        """Return what a definition is; None where a variable has to be looked into."""
        if (model := self.registry.by_symbol(symbol)) is not None:
            return (ModelClass(model.label),)
        if self.classes.is_ours(symbol):
            return (Named(symbol),)
        if self.classes.is_variable(symbol):
            return None
        around, _, name = symbol.rpartition(".")
        if self.classes.is_ours(around) and not self.classes.is_module(around):
            return self._members.of(self.named(around), name)
        if (model := self._model_outside(symbol)) is not None:
            return (ModelClass(model),)
        return (Named(symbol),)

    def _variable(self, symbol: str) -> Types:
        return self._known((("variable", symbol), None))

    def _of_variable(self, term: tuple[str, str], _me: Type | None) -> Types:
        return self.of_value(self.classes.variable(term[1]))

    def _model_outside(self, symbol: str) -> str | None:
        """Return the model that a package hands on from another module of its own."""
        top, _, name = symbol.partition(".")[0], "", symbol.rpartition(".")[2]
        if self.registry.owner(symbol) is not None:
            return None
        found = [
            model.label
            for model in self.registry.by_class_name.get(name, ())
            if model.symbol.partition(".")[0] == top
        ]
        return found[0] if len(found) == 1 else None

    def _attribute(self, term: tuple[str, Term, str], me: Type | None) -> Types:
        return self._members.of(self.of(term[1], me), term[2])

    def _call(self, term: tuple[str, Term, tuple[Value, ...]], me: Type | None) -> Types:
        return self._calling.returned(term[1], term[2], me)

    def _item(self, term: tuple[str, Term], me: Type | None) -> Types:
        return self._items(self.of(term[1], me))

    def _items(self, types: Types) -> Types:
        return _once(found for one in types if (found := item(one)) is not None)

    def _list(self, term: tuple[str, Term], me: Type | None) -> Types:
        return tuple(Items(one) for one in self.of(term[1], me))

    def _either(self, term: tuple[str, tuple[Term, ...]], me: Type | None) -> Types:
        return tuple(one for each in term[1] for one in self.of(each, me))

    def _self(self, term: tuple[str, str], me: Type | None) -> Types:
        if me is not None and self.is_in(me, term[1]):
            return (me,)
        return self.me(term[1])

    def _class(self, term: tuple[str, str], me: Type | None) -> Types:
        """Return what `cls` is."""
        found = (self._class_of(one) for one in self._self(term, me))
        return tuple(one for one in found if one is not None)

    def _class_of(self, one: Type) -> Type | None:
        match one:
            case Instance(label):
                return ModelClass(label)
            case Thing(symbol):
                return Named(symbol)
            case ModelClass() | Named():
                return one
        return None

    def _super(self, term: tuple[str, str], me: Type | None) -> Types:
        return tuple(Above(term[1], one) for one in self._self(term, me))

    def _instance(self, term: tuple[str, Term], _me: Type | None) -> Types:
        """Return an object of an annotation."""
        match term[1]:
            case ("of", base, arguments):
                return self._generic(base, arguments)
            case ("either", terms):
                return tuple(found for one in terms for found in self._instance(("", one), None))
            case ("name", dotted) if (alias := self._alias(dotted)) is not None:
                return self._instance(("", alias), None)
            case inner:
                return tuple(found for one in self.of(inner) for found in self._object(one))

    def _alias(self, dotted: str) -> Term:
        """Return what a name is another one for, as `Orders = QuerySet[Order]`."""
        match self.classes.variable(self.classes.defined(dotted)):
            case ("term", ("of", _, _) as term):
                return term
        return None

    def _object(self, one: Type) -> Iterator[Type]:
        match one:
            case ModelClass(label):
                yield Instance(label)
            case Named(symbol) if self.bindings.rows_of(symbol):
                yield from self.me(symbol)
            case Named(symbol) if symbol not in self.classes.functions:
                yield Thing(symbol)

    def _generic(self, base: Term, arguments: tuple[Term, ...]) -> Types:
        """Return an object of `QuerySet[Order]`, `list[Order]` or a class of ours."""
        given = [found for one in arguments for found in self._instance(("", one), None)]
        found: list[Type] = []
        for one in self.of(base):
            if not isinstance(one, Named):
                found += self._object(one)
            elif self.bindings.is_rows(one.symbol) or one.symbol.endswith(("QuerySet", "Manager")):
                found += [Rows(each.label) for each in given if isinstance(each, Instance)]
            elif one.symbol.endswith(".WithAnnotations"):
                found += given
            elif one.symbol.rpartition(".")[2] in _SEQUENCES:
                found += [Items(each) for each in given]
            else:
                found.append(Thing(one.symbol))
        return tuple(found)

    def _of(self, term: tuple[str, Term, tuple[Term, ...]], me: Type | None) -> Types:
        """Return a class that is given types in brackets."""
        return self.of(term[1], me)

    def _parameter(self, term: tuple[str, str, str], me: Type | None) -> Types:
        return self._parameters.of(term[1], term[2], me)

    def _unknown(self, _term: Term, _me: Type | None) -> Types:
        return ()


def _once(types: Iterable[Type]) -> Types:
    return tuple(dict.fromkeys(types))


_TOLD: Mapping[str, Callable[[Typing, tuple, Type | None], Types]] = {  # type: ignore[type-arg]
    "name": Typing._name,
    "variable": Typing._of_variable,
    "attribute": Typing._attribute,
    "call": Typing._call,
    "item": Typing._item,
    "items": Typing._list,
    "either": Typing._either,
    "self": Typing._self,
    "cls": Typing._class,
    "super": Typing._super,
    "instance": Typing._instance,
    "of": Typing._of,
    "parameter": Typing._parameter,
    "entered": Typing._unknown,
}
