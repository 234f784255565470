"""The look-ups in the bodies of classes: admins, filter sets, serializers, views, `Meta`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from bulkhead.crossings.reading.facts import Call, Class, FileFacts, Value
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.paths import Ends
from bulkhead.crossings.resolving.typed import Named
from bulkhead.crossings.resolving.types import Typing
from bulkhead.crossings.sources.lookups import LookUp, order, strings
from bulkhead.crossings.started import StartedModel

Option = tuple[int, LookUp, list[StartedModel]]

_ADMINS = ("Admin", "Inline", "AdminBase")
_SEARCHED = "^=@$"


class Options:
    """Yields the paths that stand in the bodies of classes, with the models that they begin at."""

    def __init__(self, registry: Registry, types: Typing) -> None:
        self._registry = registry
        self._types = types
        self._classes = types.classes

    def of(self, module: str, facts: FileFacts) -> Iterator[Option]:
        """Yield the paths of one module, by line."""
        for one in facts.classes:
            symbol = f"{module}.{one.name}"
            for line, look_up in self._of_class(symbol, one):
                yield line, look_up, self._models(symbol)
        for call in facts.calls:
            for look_up in _of_call(call):
                yield call.line, look_up, self._around(module, call.scope)

    def _around(self, module: str, scope: str) -> list[StartedModel]:
        symbol = f"{module}.{scope}"
        return self._models(symbol) if symbol in self._classes.by_symbol else []

    def _models(self, symbol: str) -> list[StartedModel]:
        if symbol.endswith(".Meta"):
            symbol = symbol.removesuffix(".Meta")
        return self._types.models_in(symbol)

    def _of_class(self, symbol: str, one: Class) -> Iterator[tuple[int, LookUp]]:
        is_meta = symbol.endswith(".Meta")
        table = self._table(symbol.removesuffix(".Meta"), _METAS if is_meta else _BODIES)
        for name, line, value in one.attributes:
            if (told := table.get(name)) is not None:
                yield from ((line, look_up) for look_up in told(value))
        if self._is(symbol, ("Serializer",)):
            yield from self._nested(one)
        elif self._is(symbol, ("FilterSet",)):
            yield from ((line, LookUp(name)) for name, line, _ in one.attributes if "__" in name)

    def _table(self, symbol: str, tables: _Tables) -> _Table:
        for endings, table in tables:
            if not endings or self._is(symbol, endings):
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
                case ("term", ("call", function, _)):
                    for each in self._types.of(function):
                        if isinstance(each, Named) and self._is(each.symbol, ("Serializer",)):
                            yield line, LookUp(name, Ends.IN_OBJECT, of_objects=True)


def _of_call(call: Call) -> Iterator[LookUp]:
    """Yield the paths in the fields of filter sets, serializers and tables."""
    given = dict(call.keywords)
    if isinstance(path := given.get("field_name"), str) and call.name != "in_bulk":
        yield LookUp(path)
    if isinstance(path := given.get("source"), str) and path != "*":
        yield LookUp(path, of_objects=True)
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


_Table = Mapping[str, Callable[[Value], Iterator[LookUp]]]
_Tables = tuple[tuple[tuple[str, ...], _Table], ...]

_MODEL = ("Model",)

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
    (("FilterSet",), {"fields": _filtered}),
    (("Serializer",), {"fields": _serialized}),
)
