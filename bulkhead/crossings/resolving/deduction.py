"""What a path leads to wherever it begins: known where it is the same from each model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property
from typing import NamedTuple, TypeAlias

from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.paths import Ends, Paths
from bulkhead.crossings.started import StartedModel

Ways: TypeAlias = tuple[tuple[str, ...], ...]
"""Each different answer to what a path enters."""


class Question(NamedTuple):
    """A path without a model."""

    names: tuple[str, ...]
    home: str | None
    """The component that asks."""

    ends: Ends
    of_objects: bool


class Deduction:
    """Tries a path from every model that has its first name."""

    def __init__(self, registry: Registry, paths: Paths) -> None:
        self._registry = registry
        self._paths = paths
        self._known: dict[Question, Ways] = {}

    def ways(self, question: Question) -> Ways:
        """Return what the path enters, each different answer once; none where no model has it."""
        if question not in self._known:
            self._known[question] = tuple(dict.fromkeys(self._tried(question)))
        return self._known[question]

    def _tried(self, question: Question) -> list[tuple[str, ...]]:
        names, home, ends, of_objects = question
        walks = [
            self._paths.walk(model, names, of_objects=of_objects)
            for model in self._starts.get(names[0], ())
        ]
        return [
            tuple(symbol for _, symbol in self._paths.entered(walk, home, ends))
            for walk in walks
            if walk is not None and walk.is_whole
        ]

    @cached_property
    def _starts(self) -> Mapping[str, tuple[StartedModel, ...]]:
        """The models by the names that paths from them can begin with."""
        found: defaultdict[str, list[StartedModel]] = defaultdict(list)
        for model in self._registry.models:
            for name in {
                *self._registry.steps(model.label),
                *self._registry.accessors(model.label),
                *self._registry.fields(model.label),
            }:
                found[name].append(model)
        return {name: tuple(models) for name, models in found.items()}
