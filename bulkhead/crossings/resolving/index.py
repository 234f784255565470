"""What only all files together tell: who inherits from a class, and what is bound to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from bulkhead.crossings.reading.facts import Call, FileFacts, Function, Term, Value
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.classes import Classes

Several = Mapping[str, tuple[str, ...]]


class Index(NamedTuple):
    """All of it, plain, so that it can be kept."""

    heirs: Several
    """The classes that inherit from each itself."""

    registered: Several
    """The labels of the models that each admin is registered for."""

    senders: Several
    """The labels of the models whose signals each function receives."""

    filters: Several
    """The filter sets that name each function as the method of one of their filters."""

    fixtures: Several
    """The fixtures of pytest by their names."""

    members: frozenset[str]
    """The names of all attributes and methods of all classes."""

    def below(self, symbol: str) -> tuple[str, ...]:
        """Return the classes that inherit from a class, also through others."""
        found: dict[str, None] = {}
        waiting = list(self.heirs.get(symbol, ()))
        while waiting:
            one = waiting.pop(0)
            if one not in found and one != symbol:
                found[one] = None
                waiting.extend(self.heirs.get(one, ()))
        return tuple(found)


NOTHING = Index({}, {}, {}, {}, {}, frozenset())


def plain(index: Index) -> tuple[Any, ...]:
    """Return an index as mappings and tuples alone."""
    return (*(dict(one) for one in index[:-1]), tuple(sorted(index.members)))


def from_plain(kept: tuple[Any, ...]) -> Index:
    """Return the index that was kept."""
    heirs, registered, senders, filters, fixtures, members = kept
    return Index(heirs, registered, senders, filters, fixtures, frozenset(members))


def joined(one: Index, other: Index) -> Index:
    """Return what either of two tells."""
    return Index(
        heirs=_both(one.heirs, other.heirs),
        registered=_both(one.registered, other.registered),
        senders=_both(one.senders, other.senders),
        filters=_both(one.filters, other.filters),
        fixtures=_both(one.fixtures, other.fixtures),
        members=one.members | other.members,
    )


class Indexing:
    """Makes the index of a project; it asks for names alone, as types depend on it."""

    def __init__(
        self, registry: Registry, classes: Classes, facts: Mapping[str, FileFacts]
    ) -> None:
        self._registry = registry
        self._classes = classes
        self._facts = facts

    def index(self) -> Index:
        """Return the index."""
        return Index(
            heirs=_grouped(self._heirs()),
            registered=_grouped(self._registered()),
            senders=_grouped(self._senders()),
            filters=_grouped(self._filters()),
            fixtures=_grouped(self._fixtures()),
            members=frozenset(self._members()),
        )

    def _heirs(self) -> Iterator[tuple[str, str]]:
        for module in self._facts:
            for one in self._facts[module].classes:
                symbol = f"{module}.{one.name}"
                yield from ((base, symbol) for base in self._classes.bases(symbol))

    def _registered(self) -> Iterator[tuple[str, str]]:
        """Yield admins with their models, by `register` as a function and as a decorator."""
        for module in self._facts:
            for call in self._facts[module].calls:
                if call.name == "register":
                    yield from self._by_call(call)
            for one in self._facts[module].classes:
                labels = (label for each in one.decorators for label in self._by_decorator(each))
                yield from ((f"{module}.{one.name}", label) for label in labels)

    def _by_call(self, call: Call) -> Iterator[tuple[str, str]]:
        given = dict(zip(("model", "admin_class"), call.arguments, strict=False))
        given.update(call.keywords)
        labels = tuple(self._models(given.get("model")))
        for symbol in self._named(given.get("admin_class")):
            yield from ((symbol, label) for label in labels)

    def _by_decorator(self, decorator: Term) -> Iterator[str]:
        match decorator:
            case ("call", function, arguments) if last_of(function) == "register":
                for value in arguments:
                    yield from self._models(value)

    def _senders(self) -> Iterator[tuple[str, str]]:
        for module in self._facts:
            for call in self._facts[module].calls:
                if call.name in {"receiver", "connect"} and "sender" in dict(call.keywords):
                    labels = tuple(self._models(dict(call.keywords)["sender"]))
                    for function in self._receivers(module, call):
                        yield from ((function, label) for label in labels)

    def _receivers(self, module: str, call: Call) -> Iterator[str]:
        """Yield the functions that a call connects: what follows a decorator, or its argument."""
        if call.name == "receiver":
            after = [one for one in self._facts[module].functions if one.line >= call.line]
            for function in sorted(after, key=lambda one: one.line)[:1]:
                yield f"{module}.{function.name}"
        elif call.arguments:
            yield from self._named(call.arguments[0])

    def _filters(self) -> Iterator[tuple[str, str]]:
        for module in self._facts:
            for call in self._facts[module].calls:
                if (method := dict(call.keywords).get("method")) is not None and call.scope:
                    for function in self._named(method):
                        yield function, f"{module}.{call.scope}"

    def _fixtures(self) -> Iterator[tuple[str, str]]:
        for module in self._facts:
            for function in self._facts[module].functions:
                if is_fixture(function):
                    yield function.name.rpartition(".")[2], f"{module}.{function.name}"

    def _members(self) -> Iterator[str]:
        for module in self._facts:
            facts = self._facts[module]
            yield from (function.name.rpartition(".")[2] for function in facts.functions)
            for one in facts.classes:
                yield from (name for name, _, _ in (*one.attributes, *one.instance))

    def _named(self, value: Value) -> Iterator[str]:
        """Yield the definitions that a value names."""
        match value:
            case ("term", term):
                if symbol := self._classes.named(term):
                    yield symbol
            case ("either" | "list", values):
                for one in values:
                    yield from self._named(one)

    def _models(self, value: Value) -> Iterator[str]:
        """Yield the models that a value names: classes, labels, what `get_model` gives."""
        match value:
            case str(label):
                yield from self._labelled(label)
            case ("either" | "list", values):
                for one in values:
                    yield from self._models(one)
            case ("term", term):
                yield from self._of_term(term)

    def _of_term(self, term: Term) -> Iterator[str]:
        match term:
            case ("call", function, arguments):
                yield from self._called(function, arguments)
            case ("attribute", _, "AUTH_USER_MODEL"):
                yield self._registry.user_model
            case _:
                yield from self._of_name(self._classes.named(term))

    def _called(self, function: Term, arguments: tuple[Value, ...]) -> Iterator[str]:
        if last_of(function) == "get_user_model":
            yield self._registry.user_model
        elif last_of(function) == "get_model":
            names = [one for one in arguments if isinstance(one, str)]
            yield from self._labelled(".".join(names))

    def _of_name(self, symbol: str) -> Iterator[str]:
        if (model := self._registry.by_symbol(symbol)) is not None:
            yield model.label
        elif symbol and self._classes.is_variable(symbol):
            match self._classes.variable(symbol):
                case ("term", ("call", function, arguments)):
                    yield from self._called(function, arguments)

    def _labelled(self, label: str) -> Iterator[str]:
        model = self._registry.by_label(label)
        yield from () if model is None else (model.label,)


def is_fixture(function: Function) -> bool:
    """Return whether a function is a fixture of pytest."""
    return any(last_of(decorator) == "fixture" for decorator in function.decorators)


def last_of(term: Term) -> str:
    """Return the last name of a function, called or not."""
    while term is not None and term[0] == "call":
        term = term[1]
    if term is None or term[0] not in {"name", "attribute"}:
        return ""
    return str(term[-1]).rpartition(".")[2]


def _both(one: Several, other: Several) -> Several:
    """Return what either has under a key, each once."""
    return {
        key: tuple(dict.fromkeys((*one.get(key, ()), *other.get(key, ()))))
        for key in {**one, **other}
    }


def _grouped(pairs: Iterable[tuple[str, str]]) -> Several:
    found: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for key, one in pairs:
        found[key][one] = None
    return {key: tuple(ones) for key, ones in found.items()}
