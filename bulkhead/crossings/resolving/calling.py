"""What calls return."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from bulkhead.crossings.reading.facts import Function, Term, Value
from bulkhead.crossings.resolving.index import last_of
from bulkhead.crossings.resolving.members import GIVEN_LISTS, GIVEN_ROWS
from bulkhead.crossings.resolving.rows import item, returned
from bulkhead.crossings.resolving.typed import (
    Ask,
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

if TYPE_CHECKING:
    from bulkhead.crossings.resolving.types import Typing

_LISTS = words("list tuple set frozenset sorted reversed iter filter")
_SAME = words("copy deepcopy sync_to_async async_to_sync")
_ITEM = words("next min max choice")


class Calling:
    """Tells what calls return."""

    def __init__(self, typing: Typing) -> None:
        self._typing = typing
        self._registry = typing.registry
        self._classes = typing.classes
        self._bindings = typing.bindings
        self._needed: dict[str, frozenset[str]] = {}

    def returned(self, function: Term, arguments: tuple[Value, ...], frame: Frame | None) -> Types:
        """Return what the call of a function gives."""
        if (model := self._model_by_label(function, arguments)) is not None:
            return (model,)
        return tuple(
            found
            for one in self._typing.of(function, frame)
            for found in self._called(one, arguments, frame)
        )

    def _model_by_label(self, function: Term, arguments: tuple[Value, ...]) -> Type | None:
        """Return the class that `get_model` or `get_user_model` gives, whoever defines it."""
        if last_of(function) == "get_user_model":
            return ModelClass(self._registry.user_model)
        if last_of(function) != "get_model":
            return None
        names = [one for one in arguments if isinstance(one, str)]
        model = self._registry.by_label(".".join(names)) if names else None
        return None if model is None else ModelClass(model.label)

    def _called(
        self, one: Type, arguments: tuple[Value, ...], frame: Frame | None
    ) -> Iterator[Type]:
        match one:
            case ModelClass(label):
                yield Instance(label)
            case Ask():
                yield from self._asked(one, arguments, frame)
            case Named(symbol, me) if function := self._classes.function(symbol):
                called = Frame(me, symbol, self._given(symbol, function, one, arguments, frame))
                yield from self._typing.of(function.returns, called)
            case Named(symbol) if self._classes.one(symbol) is not None:
                yield from self._made(symbol)
            case Named(symbol):
                yield from self._outside(symbol, arguments, frame)

    def _given(
        self,
        symbol: str,
        function: Function,
        one: Named,
        arguments: tuple[Value, ...],
        frame: Frame | None,
    ) -> tuple[tuple[str, Types], ...]:
        """Return the types of the arguments that a function's result depends on."""
        if symbol not in self._needed:
            self._needed[symbol] = frozenset(_parameters_in(function.returns, symbol))
        if not (needed := self._needed[symbol]):
            return ()
        names = [name for name, _ in function.parameters]
        if one.me is not None and "staticmethod" not in map(last_of, function.decorators):
            names = names[1:]
        given = zip(names, arguments, strict=False)
        return tuple(
            (name, self._typing.of_value(value, frame)) for name, value in given if name in needed
        )

    def _made(self, symbol: str) -> Iterator[Type]:
        """Yield an object of a class; of a queryset, the rows of its models."""
        if self._bindings.rows_of(symbol):
            yield from self._typing.me(symbol)
        elif self._bindings.is_factory(symbol):
            yield from map(Instance, self._bindings.models(symbol))
        else:
            yield Thing(symbol)

    def _asked(self, ask: Ask, arguments: tuple[Value, ...], frame: Frame | None) -> Iterator[Type]:
        match ask.me:
            case Rows():
                found = returned(ask.name, ask.me)
                yield from () if found is None else (found,)
            case Items(one) | Table(one):
                yield _of_container(ask.name, ask.me, one)
            case Thing(symbol) | Named(symbol):
                yield from self._by_framework(ask.name, symbol, arguments, frame)

    def _by_framework(
        self, name: str, symbol: str, arguments: tuple[Value, ...], frame: Frame | None
    ) -> Iterator[Type]:
        """Yield what a framework's method gives the classes that are bound to a model."""
        labels = self._bindings.models(symbol)
        if name == "filter_queryset" and arguments:
            yield from self._first(arguments, frame)
        elif name in GIVEN_ROWS:
            yield from map(Rows, labels)
        else:
            objects = map(Instance, labels)
            yield from map(Items, objects) if name in GIVEN_LISTS else objects

    def _outside(
        self, symbol: str, arguments: tuple[Value, ...], frame: Frame | None
    ) -> Iterator[Type]:
        """Yield what a function of Python, Django or another package returns, where we know it."""
        name = symbol.rpartition(".")[2]
        if (known := _OUTSIDE.get(name)) is not None:
            yield from known(self, self._first(arguments, frame))
        elif name in _LISTS | _ITEM | _SAME:
            given = arguments[-1:] if name == "filter" else arguments[:1]
            yield from _of_items(name, self._first(given, frame))
        elif name[:1].isupper():
            yield Thing(symbol)

    def _first(self, arguments: tuple[Value, ...], frame: Frame | None) -> Types:
        return self._typing.of_value(arguments[0], frame) if arguments else ()

    def _user(self, _given: Types) -> Iterator[Type]:
        yield Instance(self._registry.user_model)

    def _object_of(self, given: Types) -> Iterator[Type]:
        return (Instance(one.label) for one in given if isinstance(one, (ModelClass, Rows)))

    def _list_of(self, given: Types) -> Iterator[Type]:
        return map(Items, self._object_of(given))

    def _class_of(self, given: Types) -> Iterator[Type]:
        for one in given:
            match one:
                case Instance(label):
                    yield ModelClass(label)
                case Thing(symbol):
                    yield Named(symbol)


def _parameters_in(term: Term, function: str) -> Iterator[str]:
    """Yield the parameters of a function that stand in a term."""
    waiting: list[object] = [term]
    while waiting:
        match waiting.pop():
            case ("parameter", where, str(name)):
                if where == function:
                    yield name
            case tuple(parts):
                waiting.extend(parts)


def _of_container(name: str, container: Type, one: Type) -> Type:
    """Return what a method of a list or a dictionary gives."""
    if name == "values":
        return Items(one)
    return container if name == "copy" else one


def _of_items(name: str, given: Types) -> Iterator[Type]:
    for one in given:
        if name in _SAME:
            yield one
        elif (found := item(one)) is not None:
            yield found if name in _ITEM else Items(found)


_OUTSIDE: Mapping[str, Callable[[Calling, Types], Iterator[Type]]] = {
    "aget_object_or_404": Calling._object_of,
    "get_list_or_404": Calling._list_of,
    "get_object_or_404": Calling._object_of,
    "get_user": Calling._user,
    "make": Calling._object_of,
    "prepare": Calling._object_of,
    "type": Calling._class_of,
}
