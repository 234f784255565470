"""Crossings of the kind `relation`: what the fields and bases of models lead to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.classes import Attribute, Classes
from bulkhead.crossings.sources.seen import reporters
from bulkhead.crossings.started import StartedField, StartedModel
from bulkhead.crossings.world import World

KIND = "relation"

_NOT_DECLARED = "it is put on the model while the project starts"


class _Tie(NamedTuple):
    """What a class is tied to, and where it says so."""

    origin: str
    """The class that declares it."""

    line: int
    symbol: str
    field: str = ""
    """The field, where no class declares it."""


def relations(world: World) -> Iterator[Link | Unresolved]:
    """Yield what leads from a model of one component to another's, each once."""
    reading = _Relations(world.registry, world.types.classes)
    reporting = {reporter.module: reporter for reporter, _ in reporters(world, KIND)}
    found: set[Link | Unresolved] = set()
    for tie in reading.found():
        if (reporter := reporting.get(reading.module(tie.origin))) is not None:
            links = reporter.link(tie.line, tie.symbol)
            found.update(
                reporter.unresolved(tie.line, tie.field, _NOT_DECLARED)
                if tie.field and any(links)
                else links
            )
    yield from sorted(found, key=lambda one: (one.file, one.line, str(one)))


class _Relations:
    def __init__(self, registry: Registry, classes: Classes) -> None:
        self._registry = registry
        self._classes = classes

    def found(self) -> Iterator[_Tie]:
        """Yield the ties of all models; what Django made to join two others says nothing new."""
        for model in self._registry.models:
            if not model.is_auto_created:
                yield from self._by_bases(model)
                yield from self._by_fields(model)

    def module(self, symbol: str) -> str:
        """Return the module that a class is defined in."""
        module = symbol
        while module and not self._classes.is_module(module):
            module = module.rpartition(".")[0]
        return module

    def _by_bases(self, model: StartedModel) -> Iterator[_Tie]:
        for parent in model.parents:
            if (target := self._registry.by_label(parent)) is not None:
                yield _Tie(model.symbol, self._line(model), target.symbol)

    def _by_fields(self, model: StartedModel) -> Iterator[_Tie]:
        fields = [(field, self._declared(model, field)) for field in model.fields]
        declared = {label for field, by in fields if by for label in (field.related, field.through)}
        for field, by in fields:
            if field.is_parent_link or self._is_its_own(model, field, by):
                continue
            for symbol in self._targets(field):
                if by is not None:
                    yield _Tie(by.owner, by.line, symbol)
                elif field.related not in declared:
                    yield _Tie(model.symbol, self._line(model), symbol, field.name)

    def _declared(self, model: StartedModel, field: StartedField) -> Attribute | None:
        """Return where a class of the project declares a field."""
        return self._classes.attribute(field.declared_in or model.symbol, field.name)

    def _targets(self, field: StartedField) -> Iterator[str]:
        for label in (field.related, field.through):
            if (target := self._registry.by_label(label)) is not None:
                yield target.symbol

    def _is_its_own(
        self, model: StartedModel, field: StartedField, attribute: Attribute | None
    ) -> bool:
        """Return whether the field of an abstract base leads to each heir's own model or app."""
        if attribute is None or attribute.owner == model.symbol:
            return False
        target = self._registry.by_label(field.related)
        if target is None or target.app != model.app:
            return False
        return target is model or not _is_named(attribute)

    def _line(self, model: StartedModel) -> int:
        one = self._classes.one(model.symbol)
        return one.line if one is not None else 1


def _is_named(attribute: Attribute) -> bool:
    """Return whether an abstract base names the one model that its field leads to."""
    match attribute.value:
        case ("term", ("call", _, (str(label), *_))):
            return "." in label
        case ("term", ("call", _, (("term", _), *_))):
            return True
    return False
