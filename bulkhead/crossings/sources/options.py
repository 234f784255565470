"""The look-ups in the bodies of classes: admins, filter sets, serializers, views, `Meta`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from bulkhead.crossings.reading.facts import Call, Class, FileFacts, Term, Value
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.paths import Ends
from bulkhead.crossings.resolving.typed import Named
from bulkhead.crossings.resolving.types import Typing
from bulkhead.crossings.sources.lookups import LookUp, order, strings
from bulkhead.crossings.started import StartedModel

Option: TypeAlias = tuple[int, LookUp, str]
"""A line, a path in it, and the class that it stands in."""

META = ".Meta"

_ADMINS = ("Admin", "Inline", "AdminBase")
_SEARCHED = "^=@$"


class Options:
    """Yields the paths that stand in the bodies of classes."""

    def __init__(self, registry: Registry, types: Typing) -> None:
        self._registry = registry
        self._types = types
        self._classes = types.classes

    def of(self, module: str, facts: FileFacts) -> Iterator[Option]:
        """Yield the paths of one module."""
        for one in facts.classes:
            symbol = f"{module}.{one.name}"
            for line, look_up in self._of_class(symbol, one):
                yield line, look_up, symbol.removesuffix(META)
        for call in facts.calls:
            if call.keywords:
                for look_up in self._of_call(call):
                    yield call.line, look_up, f"{module}.{call.scope}"

    def models(self, symbol: str) -> list[StartedModel]:
        """Return the models that the paths in a class begin at."""
        return self._types.models_in(symbol) if self._classes.one(symbol) is not None else []

    def _of_class(self, symbol: str, one: Class) -> Iterator[tuple[int, LookUp]]:
        given = {name for name, _, _ in one.attributes}
        if not given.isdisjoint(_NAMES):
            yield from self._by_table(symbol, one)
        if not given.isdisjoint(self._registry.all_accessors) and self._is(symbol, _SERIALIZERS):
            yield from self._nested(one)
        if any("__" in name for name in given) and self._is(symbol, _FILTER_SETS):
            yield from ((line, LookUp(name)) for name, line, _ in one.attributes)

    def _by_table(self, symbol: str, one: Class) -> Iterator[tuple[int, LookUp]]:
        table = self._table(symbol.removesuffix(META), _METAS if META in symbol else _BODIES)
        for name, line, value in one.attributes:
            if (told := table.get(name)) is not None:
                yield from ((line, look_up) for look_up in told(value))

    def _table(self, symbol: str, tables: _Tables) -> _Table:
        for endings, table in tables:
            if self._is(symbol, endings):
                return table
        return {}

    def _is(self, symbol: str, endings: tuple[str, ...]) -> bool:
        if endings == _MODEL:
            return bool(self._registry.by_symbol(symbol)) or any(
                base == "django.db.models.Model" or base.endswith(".models.base.Model")
                for base in self._classes.outside(symbol)
            )
        return any(base.endswith(endings) for base in self._classes.outside(symbol))

    def _nested(self, one: Class) -> Iterator[tuple[int, LookUp]]:
        """Yield the relations whose objects a serializer shows by another one."""
        for name, line, value in one.attributes:
            match value:
                case ("term", ("call", function, _)) if self._makes_serializer(function):
                    yield line, LookUp(name, Ends.IN_OBJECT, of_objects=True)

    def _makes_serializer(self, function: Term) -> bool:
        return any(
            isinstance(one, Named) and self._is(one.symbol, _SERIALIZERS)
            for one in self._types.of(function)
        )

    def _of_call(self, call: Call) -> Iterator[LookUp]:
        """Yield the paths in the fields of filter sets, serializers and tables."""
        given = dict(call.keywords)
        if isinstance(path := given.get("field_name"), str) and call.name != "in_bulk":
            yield LookUp(path)
        if isinstance(path := given.get("source"), str) and path != "*":
            is_whole = self._makes_serializer(call.function)
            yield LookUp(path, Ends.IN_OBJECT if is_whole else Ends.AT_KEY, of_objects=True)
        if path := _accessor(given.get("accessor")):
            yield LookUp(path, of_objects=True)
        if call.name == "display" and isinstance(path := given.get("ordering"), str):
            yield order(path)


def _accessor(value: Value) -> str:
    """Return the path of a table's column: a string, or `A("order__customer")`."""
    match value:
        case str(path) | ("term", ("call", _, (str(path),))):
            return path
    return ""


def _shown(value: Value) -> Iterator[LookUp]:
    for path in strings((value,)):
        if path is not None:
            yield LookUp(path, Ends.IN_OBJECT)


def _compared(value: Value) -> Iterator[LookUp]:
    for path in strings((value,)):
        if path is not None:
            yield LookUp(path.lstrip(_SEARCHED))


def _ordered(value: Value) -> Iterator[LookUp]:
    yield from (order(path) for path in strings((value,)) if path is not None)


def _filtered(value: Value) -> Iterator[LookUp]:
    """Yield the fields of a filter set: in a list, or the keys of a dictionary."""
    match value:
        case ("dict", pairs):
            yield from (LookUp(key) for key, _ in pairs if isinstance(key, str))
        case _:
            yield from _compared(value)


def _serialized(value: Value) -> Iterator[LookUp]:
    for path in strings((value,)):
        if path is not None:
            yield LookUp(path, of_objects=True)


_Table: TypeAlias = Mapping[str, Callable[[Value], Iterator[LookUp]]]
_Tables: TypeAlias = tuple[tuple[tuple[str, ...], _Table], ...]

_MODEL = ("Model",)
_SERIALIZERS = ("Serializer",)
_FILTER_SETS = ("FilterSet",)

_BODIES: _Tables = (
    (
        _ADMINS,
        {
            "date_hierarchy": _compared,
            "list_display": _shown,
            "list_filter": _shown,
            "list_select_related": _shown,
            "ordering": _ordered,
            "readonly_fields": _shown,
            "search_fields": _compared,
        },
    ),
    (
        ("View", "ViewSet", "ViewSetMixin"),
        {
            "filterset_fields": _filtered,
            "ordering": _ordered,
            "ordering_fields": _ordered,
            "search_fields": _compared,
        },
    ),
)

_METAS: _Tables = (
    (_MODEL, {"ordering": _ordered, "get_latest_by": _ordered}),
    (_FILTER_SETS, {"fields": _filtered}),
    (_SERIALIZERS, {"fields": _serialized}),
)

_NAMES = frozenset(name for _, table in (*_BODIES, *_METAS) for name in table)
