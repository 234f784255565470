"""What a value may be, constants of other modules and classes followed."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.reading.facts import Term, Value
from bulkhead.crossings.sources.terms import options_of, term_of
from bulkhead.crossings.world import World

_FOLLOWED = 8
"""How many constants may name each other; two that name themselves are told by it."""


class Values:
    """Follows names to the strings that they are given."""

    def __init__(self, world: World) -> None:
        self._world = world

    def options(self, value: Value, depth: int = 0) -> Iterator[Value]:
        """Yield what a value may be; None for what can't be told."""
        for option in options_of(value):
            given = self._given(term_of(option)) if depth < _FOLLOWED else None
            if given is None:
                yield option
            else:
                yield from self.options(given, depth + 1)

    def _given(self, term: Term) -> Value:
        match term:
            case ("attribute", (("self" | "cls"), str(owner)), str(name)):
                return self._attribute(owner, name)
        dotted = self._world.names.dotted(term) if term else None
        definition = self._world.names.definition(dotted) if dotted else None
        if definition is None:
            return None
        before, _, name = definition.symbol.rpartition(".")
        if before in self._world.facts:
            return self._world.facts[before].values.get(name)
        return self._attribute(before, name)

    def _attribute(self, owner: str, name: str) -> Value:
        """Return what the body of a class gives a name."""
        module, qualified = self.module_of(owner)
        if not module:
            return None
        for one in self._world.facts[module].classes:
            if one.name == qualified:
                given = [value for attribute, _, value in one.attributes if attribute == name]
                return given[-1] if given else None
        return None

    def module_of(self, symbol: str) -> tuple[str, str]:
        """Return the module that a name is in, and what it is called there."""
        module = symbol
        while module and module not in self._world.facts:
            module = module.rpartition(".")[0]
        return module, symbol[len(module) + 1 :] if module else symbol
