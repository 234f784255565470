"""What a path leads to wherever it begins: known where it is the same from each model."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property

from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.paths import Ends, Paths
from bulkhead.crossings.started import StartedModel


class Deduction:
    """Tries a path from every model that has its first name."""

    def __init__(self, registry: Registry, paths: Paths) -> None:
        self._registry = registry
        self._paths = paths
        self._known: dict[tuple[str, str | None, Ends], tuple[tuple[str, ...], ...]] = {}

    def ways(self, path: str, home: str | None, ends: Ends) -> tuple[tuple[str, ...], ...]:
        """Return what the path enters, each different answer once; none where no model has it."""
        key = path, home, ends
        if key not in self._known:
            self._known[key] = tuple(dict.fromkeys(self._tried(path, home, ends)))
        return self._known[key]

    def _tried(self, path: str, home: str | None, ends: Ends) -> list[tuple[str, ...]]:
        walks = [
            self._paths.walk(model, path) for model in self._starts.get(path.partition("__")[0], ())
        ]
        return [
            tuple(symbol for _, symbol in self._paths.entered(walk, home, ends))
            for walk in walks
            if walk is not None and walk.is_whole
        ]

    @cached_property
    def _starts(self) -> Mapping[str, tuple[StartedModel, ...]]:
        """The models by the names that look-ups of them can begin with."""
        found: defaultdict[str, list[StartedModel]] = defaultdict(list)
        for model in self._registry.models:
            for name in {*self._registry.steps(model.label), *self._registry.fields(model.label)}:
                found[name].append(model)
        return {name: tuple(models) for name, models in found.items()}
