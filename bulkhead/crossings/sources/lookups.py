"""The look-ups in calls: which arguments are paths, and what becomes of their ends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from bulkhead.crossings.reading.facts import Call, Value
from bulkhead.crossings.resolving.paths import Ends
from bulkhead.crossings.resolving.words import words


class LookUp(NamedTuple):
    """A path as somebody wrote it."""

    path: str
    ends: Ends = Ends.AT_KEY
    of_objects: bool = False
    """Whether it names relations as objects do, and not as look-ups do."""

    @property
    def names(self) -> tuple[str, ...]:
        """The names that it is made of."""
        return tuple(self.path.replace(".", "__").split("__"))


UNKNOWN = LookUp("")
"""What is put together when it runs."""

CONSTRAINTS = words("CheckConstraint ExclusionConstraint Index UniqueConstraint")
"""What can't walk along relations, whatever stands in it."""

BY_KEYWORDS = words(
    "filter exclude get aget get_or_create aget_or_create update_or_create aupdate_or_create "
    "get_object_or_404 aget_object_or_404 get_list_or_404 Q When"
)
_NO_LOOKUPS = frozenset({"defaults", "create_defaults", "then", "condition", "klass", "result"})
_AT_KEY = words("values values_list only defer distinct in_bulk dates datetimes")
_ORDERS = words("order_by latest alatest earliest aearliest")
_OBJECTS = words("select_related prefetch_related")
METHODS = (
    BY_KEYWORDS - {"Q", "When"} | _AT_KEY | _ORDERS | _OBJECTS | {"prefetch_related_objects"}
) | words("annotate alias aggregate aaggregate")
"""What is asked of rows, and so says which model the look-ups inside are about."""

_FIRST = frozenset({"dates", "datetimes"})
_ONE_ARGUMENT = words(
    "Avg BoolAnd BoolOr Cast Ceil Count Extract ExtractDay ExtractHour ExtractMonth ExtractYear F "
    "Floor JSONBAgg Length Lower Max Min OuterRef Replace Round StdDev StringAgg Substr Sum Trim "
    "TrigramSimilarity Trunc TruncDate TruncDay TruncHour TruncMonth TruncWeek TruncYear Upper "
    "Variance ArrayAgg"
)
_ALL_ARGUMENTS = words("Coalesce Concat Func Greatest Least NullIf SearchVector")
EXPRESSIONS = (
    _ONE_ARGUMENT | _ALL_ARGUMENTS | {"FilteredRelation", "JSONObject", "Prefetch", "Q", "When"}
)
"""What stands inside of such a call, or is free."""

_EXPRESSION = ("expression", "expressions", "ordering", "order_by", "partition_by")


def look_ups(call: Call) -> Iterator[LookUp]:
    """Yield the paths that a call takes; UNKNOWN for each that is put together when it runs."""
    if call.name in BY_KEYWORDS:
        yield from _keywords(call)
    elif (told := _TOLD.get(call.name)) is not None:
        yield from told(call)


def _keywords(call: Call) -> Iterator[LookUp]:
    for name, value in call.keywords:
        if not name:
            yield from _unpacked(value)
        elif name not in _NO_LOOKUPS:
            yield LookUp(name)
    yield from _pairs(call)


def _pairs(call: Call) -> Iterator[LookUp]:
    """Yield the names in `Q(("contract__project", project))`."""
    for argument in call.arguments if call.name in {"Q", "filter", "exclude"} else ():
        match argument:
            case ("list", (str(name), _)):
                yield LookUp(name)


def _unpacked(value: Value) -> Iterator[LookUp]:
    """Yield the keys of `**{"contract__project": …}`."""
    match value:
        case ("dict", pairs):
            for key, _ in pairs:
                yield LookUp(key) if isinstance(key, str) else UNKNOWN
        case ("either", values):
            for one in values:
                yield from _unpacked(one)
        case _:
            yield UNKNOWN


def _at_key(call: Call) -> Iterator[LookUp]:
    arguments = call.arguments[:1] if call.name in _FIRST else call.arguments
    for path in strings(arguments):
        yield UNKNOWN if path is None else LookUp(path)
    yield from _of_keywords(call, "field_name")


def _ordered(call: Call) -> Iterator[LookUp]:
    for path in strings(call.arguments):
        yield UNKNOWN if path is None else order(path)


def _objects(call: Call) -> Iterator[LookUp]:
    skipped = 1 if call.name == "prefetch_related_objects" else 0
    of_objects = call.name != "select_related"
    for path in strings(call.arguments[skipped:]):
        yield UNKNOWN if path is None else LookUp(path, Ends.IN_OBJECT, of_objects)


def _joined(call: Call) -> Iterator[LookUp]:
    """Yield what `Prefetch` and `FilteredRelation` lead to."""
    given = dict(call.keywords)
    first = call.arguments[:1] or (given.get("lookup", given.get("relation_name")),)
    for path in strings(first):
        yield UNKNOWN if path is None else LookUp(path, Ends.IN_OBJECT, call.name == "Prefetch")


def _expression(call: Call) -> Iterator[LookUp]:
    arguments = call.arguments[:1] if call.name in _ONE_ARGUMENT else call.arguments
    for path in strings(arguments):
        if path is not None and path != "*":
            yield LookUp(path)
    yield from _of_keywords(call, *_EXPRESSION)


def _object_of_json(call: Call) -> Iterator[LookUp]:
    yield from _of_keywords(call, *(name for name, _ in call.keywords if name))


def _of_keywords(call: Call, *names: str) -> Iterator[LookUp]:
    given = dict(call.keywords)
    for path in strings(given[name] for name in names if name in given):
        if path is not None:
            yield order(path)._replace(ends=Ends.AT_KEY)


def order(path: str) -> LookUp:
    """Return what rows are ordered by, without its direction."""
    return LookUp(path.removeprefix("-").removeprefix("+"), Ends.IN_OBJECT)


def strings(values: Iterable[Value]) -> Iterator[str | None]:
    """Yield every string among values; None for each that can't be told and may be one."""
    for value in values:
        match value:
            case str(text):
                yield text
            case ("list" | "either", inner):
                yield from strings(inner)
            case ("starred", inner):
                yield from strings((inner,))
            case ("term", ("call", _, _)) | ("constant", _):
                pass
            case _:
                yield None


_TOLD: Mapping[str, Callable[[Call], Iterator[LookUp]]] = {
    **dict.fromkeys(_AT_KEY, _at_key),
    **dict.fromkeys(_ORDERS, _ordered),
    **dict.fromkeys((*_OBJECTS, "prefetch_related_objects"), _objects),
    **dict.fromkeys(("Prefetch", "FilteredRelation"), _joined),
    **dict.fromkeys(_ONE_ARGUMENT | _ALL_ARGUMENTS | {"Window"}, _expression),
    "JSONObject": _object_of_json,
}
