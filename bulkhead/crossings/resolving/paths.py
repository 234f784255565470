"""Walks look-ups such as `contract__project__name` along the real models."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bulkhead.crossings.registry import MANY_TO_MANY, Registry, Step, cardinality
from bulkhead.crossings.resolving.words import words
from bulkhead.crossings.started import StartedModel

LOOKUPS = words(
    "exact iexact contains icontains in gt gte lt lte startswith istartswith endswith iendswith "
    "range date year iso_year month day week week_day iso_week_day quarter time hour minute "
    "second isnull regex iregex search contained_by has_key has_keys has_any_keys overlap len "
    "unaccent lower upper length trigram_similar trigram_word_similar fully_lt fully_gt "
    "not_lt not_gt adjacent_to startswith_lower net_contained net_contains net_host "
    "net_contained_or_equal net_contains_or_equals net_mask_length net_in host inet family "
    "empty ic nic isw nisw iew niew ie nie n"
)
"""What may stand behind the last field of a look-up: Django's, PostgreSQL's and common ones."""

_MOST_BEHIND = 1
"""So many names behind a field can be look-ups that the project or a package has added."""

_KEYED = ("JSON", "HStore", "Array", "Range")


class Ends(StrEnum):
    """What becomes of a path that ends at a relation."""

    AT_KEY = "key"
    """Its key is compared or returned: `filter(contract=…)`, `values("contract")`."""

    IN_OBJECT = "object"
    """The object is read: `select_related("contract")`, `order_by("contract")`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Walk:
    """The steps of a path, and the field of the last model that it names."""

    begins: StartedModel
    steps: tuple[Step, ...]
    last: str = ""
    """The field, as the path says it; empty where it ends at a relation."""

    is_key: bool = False
    """Whether the last field is what the relation before it keeps."""

    is_whole: bool = True
    """Whether all behind the last field is a look-up that Django has."""


class Paths:
    """Tells where look-ups lead."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry

    def walk(
        self, model: StartedModel, names: Sequence[str], *, of_objects: bool = False
    ) -> Walk | None:
        """Return the way of names from a model; None where the first is no field of it.

        They are what look-ups call the relations, or with `of_objects` what objects do.
        What follows a field is taken for look-ups and keys; a name that isn't known behind a
        relation ends the way there, with `is_whole` False.
        """
        steps: list[Step] = []
        here = model
        for index, name in enumerate(names):
            if (step := self._steps(here, of_objects=of_objects).get(name)) is not None:
                steps.append(step)
                here = step.leads_to
                continue
            return self._ended(model, steps, names[index:])
        return Walk(begins=model, steps=tuple(steps))

    def _steps(self, model: StartedModel, *, of_objects: bool) -> Mapping[str, Step]:
        if of_objects:
            return self._registry.accessors(model.label)
        return self._registry.steps(model.label)

    def _ended(self, model: StartedModel, steps: list[Step], rest: Sequence[str]) -> Walk | None:
        here = steps[-1].leads_to if steps else model
        name, *behind = rest
        field = self._registry.fields(here.label).get(name)
        if field is None and name != "pk":
            if not steps:
                return None
            whole = all(one in LOOKUPS for one in rest)
            return Walk(begins=model, steps=tuple(steps), is_whole=whole)
        keyed = field is not None and any(kind in field.type for kind in _KEYED)
        return Walk(
            begins=model,
            steps=tuple(steps),
            last=field.name if field is not None else "pk",
            is_key=bool(steps) and _keeps(steps[-1], name, self._registry),
            is_whole=keyed or len(behind) <= _MOST_BEHIND or all(map(LOOKUPS.__contains__, behind)),
        )

    def entered(self, walk: Walk, home: str | None, ends: Ends) -> Iterator[tuple[str, str]]:
        """Yield each other component that a way enters, with the name that it walks to there."""
        seen = {home, self._registry.owner(walk.begins.symbol)}
        for index, step in enumerate(walk.steps):
            to = self._registry.owner(step.leads_to.symbol)
            if to in seen or not self._registry.leaves(step):
                continue
            name = _name_after(walk, index)
            is_last = index == len(walk.steps) - 1
            if is_last and _stays_at_key(walk, step, ends):
                continue
            seen.add(to)
            symbol = step.leads_to.symbol
            yield str(to), f"{symbol}.{name}" if name else symbol


def _name_after(walk: Walk, index: int) -> str:
    """Return the field that is named in the model that a step leads to."""
    if index + 1 < len(walk.steps):
        return walk.steps[index + 1].name
    return walk.last


def _stays_at_key(walk: Walk, step: Step, ends: Ends) -> bool:
    """Return whether the last step only touches the key that its own side keeps."""
    if not walk.last:
        return ends is Ends.AT_KEY and not step.joins
    return walk.is_key and not step.joins


def _keeps(step: Step, name: str, registry: Registry) -> bool:
    """Return whether a field is the one whose value a forward relation keeps."""
    if step.is_backward:
        return False
    field = registry.fields(step.leads_to.label).get(name)
    is_primary = name == "pk" or (field is not None and field.primary_key)
    if cardinality(step.field) == MANY_TO_MANY or not step.field.to_field:
        return is_primary or name == "id"
    target = registry.fields(step.leads_to.label).get(step.field.to_field)
    if name == "pk":
        return target is None or target.primary_key
    return field is not None and field.name == step.field.to_field
