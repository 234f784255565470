"""The classes of a project, and what they inherit from."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.reading.facts import Class
from bulkhead.crossings.sources.terms import names_in
from bulkhead.crossings.sources.values import Values
from bulkhead.crossings.world import World


class Classes:
    """Follows classes to those that they inherit from, be these of other packages."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._values = Values(world)

    def named(self, symbol: str) -> Class | None:
        """Return the class statement of a name, where the project has one."""
        module, name = self._values.module_of(symbol)
        if not module:
            return None
        return next((one for one in self._world.facts[module].classes if one.name == name), None)

    def defined(self, dotted: str) -> str:
        """Return where a name is defined; of another package as it is written."""
        definition = self._world.names.definition(dotted)
        return definition.symbol if definition else dotted

    def ancestors(self, dotted: str) -> Iterator[str]:
        """Yield a class and all that it inherits from, each once, as far as the project tells."""
        waiting, seen = [dotted], set()
        while waiting:
            symbol = self.defined(waiting.pop(0))
            if symbol in seen:
                continue
            seen.add(symbol)
            yield symbol
            if found := self.named(symbol):
                waiting += [name for base in found.bases for name in _first(names_in(base))]


def _first(names: Iterator[str]) -> list[str]:
    """Return the class itself, without its arguments: `Manager` of `Manager[Order]`."""
    return [name for name in [next(names, "")] if name]
