"""Which values that one schema lets through another one does not.

That is asked in both directions: of what clients send, each value that the older document allowed
has to be allowed by the newer one; of what is answered, each value that the newer document allows
has to be one that the older one allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from bulkhead.api.comparing.defaults import changed_default
from bulkhead.api.comparing.limits import tighter_limits
from bulkhead.api.comparing.reading import Document, Schema, repr_of, type_of, values_of


class Side(Enum):
    """Who writes what a schema describes."""

    REQUEST = "request"
    RESPONSE = "response"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Something in the one schema that the other one has no place for."""

    what: str
    at: str = ""
    """Where, below the schemas that are compared: `.lines[].total`."""
    schema: str = ""
    """Where, below the innermost schema with a name."""
    given: str = ""
    taken: str = ""


class SchemaComparison:
    """Compares schemas of two documents: what is given, and what is taken for granted."""

    def __init__(self, given: Document, taken: Document, *, side: Side) -> None:
        self._given = given
        self._taken = taken
        self._side = side
        self._known: dict[tuple[str, str], list[Loss]] = {}

    def losses(self, given: Any, taken: Any) -> list[Loss]:
        """Return what `given` lets through and `taken` does not."""
        names = self._given.name(given), self._taken.name(taken)
        if not all(names):
            return list(self._of_unions(given, taken))
        if names not in self._known:
            self._known[names] = []  # what a schema holds of itself loses nothing more
            own = self._of_unions(self._given.schema(given), self._taken.schema(taken))
            place = names[0 if self._side is Side.REQUEST else 1]
            self._known[names] = [_named(loss, place) for loss in own]
        return self._known[names]

    def is_list_only_now(self, given: Any, taken: Any) -> bool:
        """Return whether only the second one is a list."""
        kinds = type_of(self._given.schema(given)), type_of(self._taken.schema(taken))
        return kinds[0] != "array" and kinds[1] == "array"

    def items(self, taken: Any) -> Any:
        """Return what a list holds."""
        return self._taken.schema(taken).get("items", {})

    def _of_unions(self, given: Any, taken: Any) -> Iterator[Loss]:
        ours, theirs = self._given.alternatives(given), self._taken.alternatives(taken)
        own, known = _without_null(ours), _without_null(theirs)
        if len(own) < len(ours) and len(known) == len(theirs) and known != [{}]:
            yield self._loss("null", given, taken)
        if len(own) == len(known) == 1:
            yield from self._of_pair(own[0], known[0])
            return
        for each in own:
            yield from self._of_alternative(each, known, (given, taken))

    def _of_alternative(
        self, each: Schema, known: list[Schema], whole: tuple[Any, Any]
    ) -> Iterator[Loss]:
        """Return what no alternative of the other side has a place for."""
        if any(not self.losses(each, other) for other in known):
            return
        alike = [other for other in known if self._is_like(each, other)]
        if len(alike) == 1:
            yield from self.losses(each, alike[0])
        else:
            yield self._loss("type", *whole)

    def _is_like(self, given: Schema, taken: Schema) -> bool:
        names = self._given.name(given), self._taken.name(taken)
        if any(names):
            return names[0] == names[1]
        return type_of(given) == type_of(taken)

    def _of_pair(self, given: Any, taken: Any) -> Iterable[Loss]:
        """Compare two schemas that are no unions."""
        if self._given.name(given) and self._taken.name(taken):
            return self.losses(given, taken)
        return self._of_one(given, taken)

    def _of_one(self, given: Any, taken: Any) -> Iterator[Loss]:
        one, other = self._given.schema(given), self._taken.schema(taken)
        kinds = type_of(one), type_of(other)
        if kinds[1] is not None and kinds[0] != kinds[1] and kinds != ("integer", "number"):
            yield self._loss("type", given, taken)
        elif values_of(one) is not None or values_of(other) is not None:
            yield from self._of_values(one, other)
        else:
            yield from self._of_limits(one, other)
            yield from self._of_fields(one, other)
            yield from self._of_items(one, other)

    def _of_values(self, given: Schema, taken: Schema) -> Iterator[Loss]:
        own, known = values_of(given), values_of(taken)
        if own is None:
            yield self._loss("type", given, taken)
        elif known is not None:
            for value in own:
                if value not in known:
                    yield Loss(what="value", given=repr_of(value))

    def _of_limits(self, given: Schema, taken: Schema) -> Iterator[Loss]:
        for limit in tighter_limits(given, taken):
            yield Loss(what=limit.what, given=limit.given, taken=limit.taken)

    def _of_fields(self, given: Schema, taken: Schema) -> Iterator[Loss]:
        own, known = given.get("properties", {}), taken.get("properties", {})
        for name in sorted(own.keys() & known.keys()):
            yield from _below(f".{name}", self.losses(own[name], known[name]))
        removed = self._of_fields_sent if self._side is Side.REQUEST else self._of_fields_answered
        yield from removed(given, taken)
        if self._side is Side.REQUEST:
            yield from self._of_defaults(given, taken)
        for name in sorted(set(taken.get("required", ())) - set(given.get("required", ()))):
            if self._side is Side.REQUEST or name in own:
                was = "optional" if name in own else ""
                yield Loss(what="required", at=f".{name}", given=was, taken="required")
        yield from self._of_further_fields(given, taken)

    def _of_defaults(self, given: Schema, taken: Schema) -> Iterator[Loss]:
        """Compare what fields mean that may be left out in both."""
        required = {*given.get("required", ()), *taken.get("required", ())}
        own, known = given.get("properties", {}), taken.get("properties", {})
        for name in sorted((own.keys() & known.keys()) - required):
            defaults = self._given.default(own[name]), self._taken.default(known[name])
            for before, after in changed_default(*defaults):
                yield Loss(what="default", at=f".{name}", given=before, taken=after)

    def _of_fields_sent(self, given: Schema, taken: Schema) -> Iterator[Loss]:
        further = taken.get("additionalProperties")
        for name, own in _only_in(given, taken):
            if isinstance(further, dict):
                yield from _below(f".{name}", self.losses(own, further))
            else:
                yield Loss(what="field", at=f".{name}", given=self._given.shown(own))

    def _of_fields_answered(self, given: Schema, taken: Schema) -> Iterator[Loss]:
        """Return the fields that clients know and that are gone, also those that were optional."""
        for name, known in _only_in(taken, given):
            yield Loss(what="field", at=f".{name}", taken=self._taken.shown(known))

    def _of_further_fields(self, given: Schema, taken: Schema) -> Iterator[Loss]:
        """Compare what fields without a name may be; an answer may always have new ones."""
        own, known = (each.get("additionalProperties", True) for each in (given, taken))
        if known is False:
            if own is not False and self._side is Side.REQUEST:
                yield Loss(what="closed", given="taken", taken="refused")
        elif isinstance(known, dict) and own is not False:
            yield from _below(".*", self.losses(own, known))

    def _of_items(self, given: Schema, taken: Schema) -> Iterator[Loss]:
        pairs = zip(given.get("prefixItems", ()), taken.get("prefixItems", ()), strict=False)
        for place, (own, known) in enumerate(pairs):
            yield from _below(f"[{place}]", self.losses(own, known))
        if "items" in taken:
            yield from _below("[]", self.losses(given.get("items", {}), taken["items"]))

    def _loss(self, what: str, given: Any, taken: Any) -> Loss:
        return Loss(what=what, given=self._given.shown(given), taken=self._taken.shown(taken))


def _only_in(one: Schema, other: Schema) -> Iterator[tuple[str, Any]]:
    fields, others = one.get("properties", {}), other.get("properties", {})
    return ((name, fields[name]) for name in sorted(fields.keys() - others.keys()))


def _without_null(schemas: Iterable[Schema]) -> list[Schema]:
    return [each for each in schemas if each.get("type") != "null"]


def _below(step: str, losses: Iterable[Loss]) -> Iterator[Loss]:
    for loss in losses:
        yield replace(loss, at=f"{step}{loss.at}")


def _named(loss: Loss, name: str) -> Loss:
    return loss if loss.schema else replace(loss, schema=f"{name}{loss.at}")
