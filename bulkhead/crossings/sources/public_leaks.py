"""Crossings of the kind `public-leak`: what a component hands out that is no plain data."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.places import Kind
from bulkhead.crossings.reading.facts import Call, FileFacts, Function, Term
from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.sources.seen import Reporter, reporters
from bulkhead.crossings.sources.terms import argument, chain, last_name, names_in, term_of
from bulkhead.crossings.world import World

KIND = "public-leak"

QUERYSET = "django.db.models.query.QuerySet"
MANAGER = "django.db.models.manager.Manager"
MODEL = "django.db.models.base.Model"
REQUEST = "django.http.request.HttpRequest"
ANY = "typing.Any"

LEAKS = {
    ANY: ANY,
    "django.core.handlers.asgi.ASGIRequest": REQUEST,
    "django.core.handlers.wsgi.WSGIRequest": REQUEST,
    "django.db.models.Manager": MANAGER,
    "django.db.models.Model": MODEL,
    "django.db.models.QuerySet": QUERYSET,
    "django.http.HttpRequest": REQUEST,
    "rest_framework.request.Request": "rest_framework.request.Request",
    MANAGER: MANAGER,
    MODEL: MODEL,
    QUERYSET: QUERYSET,
    REQUEST: REQUEST,
}
"""What is no plain data, by every name that it is imported by."""

HANDING_OUT = {
    "all",
    "annotate",
    "create",
    "distinct",
    "earliest",
    "exclude",
    "filter",
    "first",
    "get",
    "last",
    "latest",
    "order_by",
    "prefetch_related",
    "select_for_update",
    "select_related",
}
"""The methods of managers that return rows, or more of them."""

_MADE_FROM = {"Meta", "Config"}


def public_leaks(world: World) -> Iterator[Link | Unresolved]:
    """Yield what `public` hands out, and the schemas made from other components' models."""
    source = _Leaks(world)
    for reporter, facts in reporters(world, KIND):
        if world.places.of(reporter.module).kind is Kind.PUBLIC:
            yield from source.signatures(reporter, facts)
            yield from source.fields(reporter, facts)
            yield from source.handed_on(reporter, facts)
        yield from source.schemas(reporter, facts)


class _Leaks:
    def __init__(self, world: World) -> None:
        self._world = world
        self._registry = world.registry
        self._classes = world.types.classes

    def signatures(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link]:
        """Yield what the functions of a module take and return."""
        for function in facts.functions:
            if _is_public(function.name, facts):
                yield from _links(reporter, function.line, self._of_function(function))

    def fields(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link]:
        """Yield what the fields of its classes hold."""
        for one in facts.classes:
            if _is_public(one.name, facts):
                for _, line, value in one.attributes:
                    term = term_of(value)
                    if term is not None and term[0] == "instance":
                        yield from _links(reporter, line, self._of_annotation(term))

    def handed_on(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link]:
        """Yield the models, and functions that leak, which it takes from elsewhere for others.

        An import is meant for others where `__all__` lists it, or the module has nothing else.
        """
        is_facade = facts.exports is None and not facts.functions and not facts.classes
        for one in facts.imports:
            name = _bound(facts, one)
            if name and (is_facade or name in (facts.exports or ())):
                leaks = self._of_name(self._classes.defined(one.symbol))
                yield from _links(reporter, one.line, leaks)

    def _of_name(self, symbol: str) -> list[str]:
        module, _, name = symbol.rpartition(".")
        if module in self._world.facts:
            for function in self._world.facts[module].functions:
                if function.name == name:
                    return self._of_function(function)
        leak = self._leak(symbol)
        return [leak] if leak else []

    def _of_function(self, function: Function) -> list[str]:
        terms = [term for _, term in function.parameters]
        found = [leak for term in terms for leak in self._of_annotation(term)]
        return list(dict.fromkeys([*found, *self._of_returned(function.returns)]))

    def _of_annotation(self, term: Term) -> list[str]:
        """Return the leaks in an annotation; a model stands for the queryset of it, too."""
        found = [leak for name in names_in(term) if (leak := self._leak(name))]
        models = [leak for leak in found if leak not in {QUERYSET, MANAGER}]
        return list(dict.fromkeys(models or found))

    def _of_returned(self, term: Term) -> list[str]:
        match term:
            case ("either", tuple(parts)):
                return [leak for part in parts for leak in self._of_returned(part)]
            case ("call", function, *_):
                return self._of_call(function)
        return self._of_annotation(term)

    def _of_call(self, function: Term) -> list[str]:
        """Return the model that `Order(...)` or `Order.objects.filter(...)` returns."""
        is_row = any(last_name(part) == "objects" for part in chain(function))
        if is_row and last_name(function) not in HANDING_OUT:
            return []
        for part in chain(function) if is_row else (function,):
            name = self._world.names.dotted(part)
            symbol = self._classes.defined(name)
            if self._registry.by_symbol(symbol) is not None:
                return [symbol]
        return []

    def _leak(self, dotted: str) -> str:
        """Return the model that a name is, or what else it is that is no plain data."""
        symbol = self._classes.defined(dotted)
        if self._registry.by_symbol(symbol) is not None:
            return symbol
        for ancestor in self._classes.line(symbol):
            if leak := LEAKS.get(ancestor):
                return symbol if leak == MODEL else leak
        return ""

    def schemas(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link]:
        """Yield the models of others that serializers and schemas are made from."""
        for one in facts.classes:
            outer, _, inner = one.name.rpartition(".")
            models = [given for given in one.attributes if given[0] == "model"]
            if inner in _MADE_FROM and models and self._serializes(f"{reporter.module}.{outer}"):
                _, line, value = models[-1]
                yield from self._model(reporter, line, term_of(value))
        for call in facts.calls:
            if call.name == "create_schema" and _is_ninjas(call):
                yield from self._model(reporter, call.line, term_of(argument(call, 0, "model")))

    def _serializes(self, symbol: str) -> bool:
        return any(
            ancestor.endswith(("Serializer", "ModelSchema"))
            for ancestor in self._classes.outside(symbol)
        )

    def _model(self, reporter: Reporter, line: int, term: Term) -> Iterator[Link]:
        symbol = self._classes.defined(self._world.names.dotted(term))
        if self._registry.by_symbol(symbol) is not None:
            yield from reporter.link(line, symbol)


def _links(reporter: Reporter, line: int, leaks: list[str]) -> Iterator[Link]:
    """Yield a link for each leak: what is handed out is mostly the component's own."""
    for symbol in leaks:
        yield Link(file=reporter.file, line=line, module=reporter.module, kind=KIND, symbol=symbol)


def _is_public(name: str, facts: FileFacts) -> bool:
    """Return whether a function or class of a module is for others."""
    if facts.exports is not None:
        return name in facts.exports
    return not name.startswith("_") and "." not in name


def _bound(facts: FileFacts, one: Import) -> str:
    """Return the name that an import gives to others; empty for none."""
    if one.in_function or one.type_checking:
        return ""
    names = (name for name, dotted in facts.names.items() if dotted == one.symbol)
    return next((name for name in names if not name.startswith("_")), "")


def _is_ninjas(call: Call) -> bool:
    function = call.function
    return function is not None and function[0] == "name" and function[1].startswith("ninja.")
