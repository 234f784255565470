"""Crossings of the kind `reverse`: accessors that another component's relation has put there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import AttributeUse, FileFacts, Term
from bulkhead.crossings.registry import Registry, Step
from bulkhead.crossings.resolving.typed import Instance, ModelClass, Presumed, Types
from bulkhead.crossings.resolving.types import Typing
from bulkhead.crossings.resolving.words import words
from bulkhead.crossings.sources.seen import Reporter, reporters
from bulkhead.crossings.world import World

KIND = "reverse"

_OF_ROWS = words(
    "aggregate all annotate bulk_create create distinct exclude exists filter first get_or_create "
    "last none only order_by prefetch_related select_related update_or_create using values_list"
)
"""What tells, behind a name, that it stands for rows."""

_NO_OWNER = "it can't be told what it is asked of"


def reverses(world: World) -> Iterator[Link | Unresolved]:
    """Yield where objects of one component are asked for what another's relation put there."""
    accessors = _Accessors(world.registry, world.types)
    wanted = world.registry.crossing_accessors
    for reporter, facts in reporters(world, KIND):
        if not wanted.isdisjoint(facts.attributes):
            uses = world.read_attributes(reporter.module, wanted)
            found = set(_Module(world, reporter, accessors).found(uses, _rows(facts)))
            yield from sorted(found, key=lambda one: (one.line, str(one)))


def _rows(facts: FileFacts) -> frozenset[Term]:
    """Return what is asked for something that only querysets and managers have."""
    return frozenset(
        call.function[1]
        for call in facts.calls
        if call.name in _OF_ROWS and call.function is not None and call.function[0] == "attribute"
    )


class _Accessors:
    """Tells which relation a name must be of, where its owner can't be told."""

    def __init__(self, registry: Registry, types: Typing) -> None:
        self._registry = registry
        self._types = types
        self._taken: frozenset[str] | None = None
        self._relations: dict[str, tuple[Step, ...]] | None = None

    def only(self, name: str) -> Step | None:
        """Return the relation that alone, in the whole project, can have put this name there."""
        found = {step.symbol: step for step in self.relations.get(name, ())}
        if len(found) != 1 or name in self.taken:
            return None
        return next(iter(found.values()))

    @property
    def relations(self) -> Mapping[str, tuple[Step, ...]]:
        """The steps back to what has a relation, by the names that objects have for them."""
        if self._relations is None:
            found: defaultdict[str, list[Step]] = defaultdict(list)
            for model in self._registry.models:
                for step in self._registry.accessors(model.label).values():
                    if step.is_backward:
                        found[step.accessor].append(step)
            self._relations = {name: tuple(steps) for name, steps in found.items()}
        return self._relations

    @property
    def taken(self) -> frozenset[str]:
        """The names of fields, and of all that classes of the project have."""
        if self._taken is None:
            fields = {field.name for model in self._registry.models for field in model.fields}
            self._taken = self._types.index.members | fields
        return self._taken


class _Module:
    """The uses of accessors in one module."""

    def __init__(self, world: World, reporter: Reporter, accessors: _Accessors) -> None:
        self._reporter = reporter
        self._owner = world.registry.owner(reporter.module)
        self._registry = world.registry
        self._types = world.types
        self._accessors = accessors

    def found(
        self, uses: tuple[AttributeUse, ...], rows: frozenset[Term]
    ) -> Iterator[Link | Unresolved]:
        """Yield what is asked of objects that are known, and of those that must be meant."""
        for use in uses:
            term = ("attribute", use.owner, use.name)
            are_rows = use.owner is not None and term in rows
            types = self._types.of(use.owner)
            presumed = tuple(one for one in types if isinstance(one, Presumed))
            if len(presumed) < len(types):
                yield from self._of_known(use, types)
            else:
                yield from self._of_unknown(use, presumed, are_rows=are_rows)

    def _of_known(self, use: AttributeUse, types: Types) -> Iterator[Link]:
        for one in types:
            if isinstance(one, (Instance, ModelClass)):
                step = self._registry.accessors(one.label).get(use.name)
                if step is not None and self._crosses(step):
                    yield from self._reporter.link(use.line, step.symbol)

    def _of_unknown(
        self, use: AttributeUse, presumed: tuple[Presumed, ...], *, are_rows: bool
    ) -> Iterator[Link | Unresolved]:
        """Yield what must be meant: by a name that only one relation gives, or by two."""
        named = [self._registry.accessors(one.label).get(use.name) for one in presumed]
        step = next(filter(None, named), self._accessors.only(use.name))
        if step is None or not self._crosses(step):
            return
        is_meant = are_rows if step.is_many else any(named)
        if is_meant or use.name.endswith("_set"):
            yield from self._reporter.link(use.line, step.symbol)
        else:
            yield from self._reporter.unresolved(use.line, use.name, _NO_OWNER)

    def _crosses(self, step: Step) -> bool:
        """Return whether another component has put this name there, and not the one that asks."""
        owner = self._registry.owner(step.declared_by.symbol)
        return step.is_backward and self._registry.leaves(step) and owner != self._owner
