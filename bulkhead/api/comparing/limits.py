"""Limits of strings, numbers and lists: where one schema is tighter than another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from math import inf
from typing import Any

from bulkhead.api.comparing.reading import Schema, repr_of, type_of

_LOWEST = ("minLength", "minItems", "minProperties")
_HIGHEST = ("maxLength", "maxItems", "maxProperties")
_EXACT = ("format", "pattern", "uniqueItems", "contentEncoding", "contentMediaType")
_NOT_JUDGED = (
    "not",
    "if",
    "then",
    "else",
    "contains",
    "dependentRequired",
    "dependentSchemas",
    "patternProperties",
    "propertyNames",
    "unevaluatedItems",
    "unevaluatedProperties",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A limit that one schema has, and the other has not, or not so tight."""

    what: str
    given: str
    taken: str


def tighter_limits(given: Schema, taken: Schema) -> Iterator[Limit]:
    """Return the limits of `taken` that `given` does not keep."""
    yield from _of_numbers(given, taken)
    lower = [word for word in _LOWEST if taken.get(word, 0) > given.get(word, 0)]
    upper = [word for word in _HIGHEST if taken.get(word, inf) < given.get(word, inf)]
    exact = [word for word in _EXACT if taken.get(word, False) not in (False, given.get(word))]
    for word in (*lower, *upper, *exact):
        yield _limit(word, given, taken)
    for word in _NOT_JUDGED:
        if word in taken and taken[word] != given.get(word):
            yield Limit(what="not-judged", given=word if word in given else "", taken=word)


def _of_numbers(given: Schema, taken: Schema) -> Iterator[Limit]:
    if _lowest(taken) > _lowest(given):
        yield Limit(what="limit", given=_from(given), taken=_from(taken))
    if _highest(taken) < _highest(given):
        yield Limit(what="limit", given=_to(given), taken=_to(taken))
    step, own = (Decimal(str(each.get("multipleOf", 0))) for each in (taken, given))
    if step and (not own or own % step):
        yield _limit("multipleOf", given, taken)


def _lowest(schema: Schema) -> tuple[float, bool]:
    """Return the lowest number that fits, and whether it is itself ruled out."""
    least: Any = schema.get("minimum", -inf)
    above: Any = schema.get("exclusiveMinimum", -inf)
    if type_of(schema) == "integer":
        return max(least, above + 1), False
    return max((least, False), (above, "exclusiveMinimum" in schema))


def _highest(schema: Schema) -> tuple[float, bool]:
    """Return the highest number that fits, and whether it fits itself."""
    most: Any = schema.get("maximum", inf)
    below: Any = schema.get("exclusiveMaximum", inf)
    if type_of(schema) == "integer":
        return min(most, below - 1), True
    return min((most, True), (below, "exclusiveMaximum" not in schema))


def _from(schema: Schema) -> str:
    number, excluded = _lowest(schema)
    return "no lower limit" if number == -inf else f"{'above' if excluded else 'from'} {number:g}"


def _to(schema: Schema) -> str:
    number, included = _highest(schema)
    return "no upper limit" if number == inf else f"{'to' if included else 'below'} {number:g}"


def _limit(word: str, given: Schema, taken: Schema) -> Limit:
    return Limit(what="limit", given=_shown(word, given), taken=_shown(word, taken))


def _shown(word: str, schema: Schema) -> str:
    return f"{word} {repr_of(schema[word])}" if word in schema else f"no {word}"
