"""What calls return."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING

from bulkhead.crossings.reading.facts import Term, Value
from bulkhead.crossings.resolving.members import GIVEN_OBJECTS, GIVEN_ROWS
from bulkhead.crossings.resolving.rows import item, returned
from bulkhead.crossings.resolving.typed import (
    Ask,
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

_LISTS = frozenset({"list", "tuple", "set", "frozenset", "sorted", "reversed", "iter", "filter"})
_SAME = frozenset({"copy", "deepcopy", "sync_to_async", "async_to_sync"})
_ITEM = frozenset({"next", "min", "max", "choice"})


class Calling:
    """Tells what calls return."""

    def __init__(self, typing: Typing) -> None:
        self._typing = typing
        self._registry = typing.registry
        self._classes = typing.classes
        self._bindings = typing.bindings

    def returned(self, function: Term, arguments: tuple[Value, ...], me: Type | None) -> Types:
        """Return what the call of a function gives."""
        if (model := self._model_by_label(function, arguments)) is not None:
            return (model,)
        return tuple(
            found
            for one in self._typing.of(function, me)
            for found in self._called(one, arguments, me)
        )

    def _model_by_label(self, function: Term, arguments: tuple[Value, ...]) -> Type | None:
        """Return the class that `get_model` gives, whatever it is asked of."""
        if function is None or not str(function[-1]).endswith("get_model"):
            return None
        names = [one for one in arguments if isinstance(one, str)]
        model = self._registry.by_label(".".join(names)) if names else None
        return None if model is None else ModelClass(model.label)

    def _called(self, one: Type, arguments: tuple[Value, ...], me: Type | None) -> Iterator[Type]:
        match one:
            case ModelClass(label):
                yield Instance(label)
            case Ask(name, asked):
                yield from self._asked(name, asked, arguments, me)
            case Named(symbol, asked) if symbol in self._classes.functions:
                yield from self._typing.of(self._classes.functions[symbol].returns, asked)
            case Named(symbol) if symbol in self._classes.by_symbol:
                yield from self._made(symbol)
            case Named(symbol):
                yield from self._outside(symbol, arguments, me)

    def _made(self, symbol: str) -> Iterator[Type]:
        """Yield an object of a class; of a queryset, the rows of its models."""
        if self._bindings.rows_of(symbol):
            yield from self._typing.me(symbol)
        else:
            yield Thing(symbol)

    def _asked(
        self, name: str, asked: Type, arguments: tuple[Value, ...], me: Type | None
    ) -> Iterator[Type]:
        match asked:
            case Rows():
                found = returned(name, asked)
                yield from () if found is None else (found,)
            case Items(one):
                yield one if name == "pop" else asked
            case Thing(symbol) | Named(symbol):
                yield from self._given(name, symbol, arguments, me)

    def _given(
        self, name: str, symbol: str, arguments: tuple[Value, ...], me: Type | None
    ) -> Iterator[Type]:
        """Yield what a framework's method gives the classes that are bound to a model."""
        if name == "filter_queryset" and arguments:
            yield from self._first(arguments, me)
        elif name in GIVEN_ROWS:
            yield from map(Rows, self._bindings.models(symbol))
        elif name in GIVEN_OBJECTS:
            yield from map(Instance, self._bindings.models(symbol))

    def _outside(
        self, symbol: str, arguments: tuple[Value, ...], me: Type | None
    ) -> Iterator[Type]:
        """Yield what a function of Python, Django or another package returns, where we know it."""
        name = symbol.rpartition(".")[2]
        if (known := _OUTSIDE.get(name)) is not None:
            yield from known(self, self._first(arguments, me))
        elif name in _LISTS | _ITEM | _SAME:
            yield from self._of_items(name, arguments, me)
        elif name[:1].isupper():
            yield Thing(symbol)

    def _of_items(
        self, name: str, arguments: tuple[Value, ...], me: Type | None
    ) -> Iterator[Type]:
        given = arguments[-1:] if name == "filter" else arguments[:1]
        for one in self._first(given, me):
            if name in _SAME:
                yield one
            elif (found := item(one)) is not None:
                yield found if name in _ITEM else Items(found)

    def _first(self, arguments: tuple[Value, ...], me: Type | None) -> Types:
        return self._typing.of_value(arguments[0], me) if arguments else ()

    def _user_model(self, _given: Types) -> Iterator[Type]:
        yield ModelClass(self._registry.user_model)

    def _user(self, _given: Types) -> Iterator[Type]:
        yield Instance(self._registry.user_model)

    def _object_or_404(self, given: Types) -> Iterator[Type]:
        return (Instance(one.label) for one in given if isinstance(one, (ModelClass, Rows)))

    def _list_or_404(self, given: Types) -> Iterator[Type]:
        return map(Items, self._object_or_404(given))

    def _cast(self, given: Types) -> Iterator[Type]:
        for one in given:
            match one:
                case ModelClass(label):
                    yield Instance(label)
                case Named(symbol):
                    yield Thing(symbol)


_OUTSIDE: Mapping[str, Callable[[Calling, Types], Iterator[Type]]] = {
    "get_user_model": Calling._user_model,
    "get_user": Calling._user,
    "get_object_or_404": Calling._object_or_404,
    "aget_object_or_404": Calling._object_or_404,
    "get_list_or_404": Calling._list_or_404,
    "cast": Calling._cast,
}
