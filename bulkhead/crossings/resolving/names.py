"""Where a dotted name is defined: through re-exports, stars, and the modules between."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bulkhead.crossings.reading.facts import FileFacts, Term


class Definition(NamedTuple):
    """Where a name is defined."""

    symbol: str
    """The dotted name there; of a package from elsewhere where the project only hands it on."""

    way: tuple[str, ...] = ()
    """The modules that hand it on, beginning with the one that was asked."""


class Names:
    """Finds the definitions of names by the facts of all modules."""

    def __init__(self, facts: Mapping[str, FileFacts]) -> None:
        self._facts = facts
        self._known: dict[str, Definition | None] = {}

    def definition(self, dotted: str) -> Definition | None:
        """Return where a name is defined, None where nothing of the project bears it.

        A module is its own definition.
        What is below a class, `shop.models.Order.close`, is told by where the class is.
        """
        if dotted not in self._known:
            self._known[dotted] = self._found(dotted)
        return self._known[dotted]

    def dotted(self, term: Term) -> str:
        """Return the dotted name that a term is, through attributes; empty for any other."""
        names: list[str] = []
        while term is not None and term[0] == "attribute":
            names.append(term[2])
            term = term[1]
        if term is None or term[0] != "name":
            return ""
        return ".".join([term[1], *reversed(names)])

    def is_module(self, dotted: str) -> bool:
        """Return whether the project has such a module."""
        return dotted in self._facts

    def _found(self, dotted: str) -> Definition | None:
        way: list[str] = []
        seen: set[str] = set()
        while dotted not in seen:
            seen.add(dotted)
            module, rest = self._divided(dotted)
            if not module:
                return Definition(dotted, tuple(way)) if way else None
            if not rest:
                return _defined(module, module, way)
            first, _, below = rest.partition(".")
            stands_for = self._bound(module, first)
            if stands_for is None:
                return None
            if stands_for == f"{module}.{first}":
                return _defined(dotted, module, way)
            way.append(module)
            dotted = f"{stands_for}.{below}" if below else stands_for
        return None  # an import that leads in a circle

    def _divided(self, dotted: str) -> tuple[str, str]:
        """Return the module that a name is to be looked up in, and the rest of the name.

        A package can bind the name of its own module to something else, which is what one gets
        from it.
        """
        module = dotted
        while module and module not in self._facts:
            module = module.rpartition(".")[0]
        if module == dotted:
            package, _, name = module.rpartition(".")
            if package in self._facts and self._facts[package].names.get(name, dotted) != dotted:
                return package, name
        return module, dotted[len(module) + 1 :]

    def _bound(self, module: str, name: str) -> str | None:
        """Return what a name stands for in a module; None where it has no such name."""
        if (stands_for := self._facts[module].names.get(name)) is not None:
            return stands_for
        for source in self._stars(module):
            if self._hands_on(source, name) and self._has(source, name):
                return f"{source}.{name}"
        return None

    def _has(self, module: str, name: str) -> bool:
        """Return whether a module has a name, be it by the stars of others."""
        waiting = [module]
        seen = {module}
        while waiting:
            one = waiting.pop()
            if name in self._facts[one].names or f"{one}.{name}" in self._facts:
                return True
            further = [star for star in self._stars(one) if self._hands_on(star, name)]
            waiting += (star for star in further if star not in seen)
            seen.update(further)
        return False

    def _stars(self, module: str) -> list[str]:
        """Return the modules whose stars a module takes, the last first, as it wins."""
        return [
            one.module
            for one in reversed(self._facts[module].imports)
            if one.name == "*" and one.module in self._facts and not one.in_function
        ]

    def _hands_on(self, module: str, name: str) -> bool:
        exports = self._facts[module].exports
        return not name.startswith("_") if exports is None else name in exports


def _defined(symbol: str, module: str, way: list[str]) -> Definition:
    """Return a definition; a module that gives its own name another one does not hand it on."""
    return Definition(symbol, tuple(one for one in dict.fromkeys(way) if one != module))
