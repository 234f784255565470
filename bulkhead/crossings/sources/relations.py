"""Crossings of the kind `relation`: what the fields and bases of models lead to."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.links import Link
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.classes import Classes
from bulkhead.crossings.sources.view import Site, View
from bulkhead.crossings.started import StartedField, StartedModel

KIND = "relation"


def relations(view: View) -> Iterator[Link]:
    """Yield what leads from a model of one component to another's, each once."""
    reading = _Relations(view.registry, view.types.classes)
    sites = {module: Site(view, module, KIND) for module in view.asked}
    found = {
        sites[module].link(line, symbol)
        for model in view.registry.models
        if not model.is_auto_created
        for origin, line, symbol in reading.of(model)
        if (module := reading.module(origin)) in sites
    }
    yield from sorted(found)


class _Relations:
    def __init__(self, registry: Registry, classes: Classes) -> None:
        self._registry = registry
        self._classes = classes

    def of(self, model: StartedModel) -> Iterator[tuple[str, int, str]]:
        """Yield where each tie of a model is declared: class and line, and what it leads to."""
        for parent in model.parents:
            yield from self._between(model.symbol, self._line(model.symbol), parent)
        for field in model.fields:
            if not field.is_parent_link and not self._is_its_own(model, field):
                origin = self._origin(field.declared_in or model.symbol, field.name)
                line = self._line(origin, field.name)
                for label in (field.related, field.through):
                    yield from self._between(origin, line, label)

    def module(self, symbol: str) -> str:
        """Return the module that a class is defined in."""
        module = symbol
        while module and not self._classes.is_module(module):
            module = module.rpartition(".")[0]
        return module

    def _origin(self, symbol: str, name: str) -> str:
        """Return the class whose body declares a field: the one named, or one that it inherits."""
        found = self._classes.attribute(symbol, name)
        return found.owner if found is not None else symbol

    def _between(self, origin: str, line: int, label: str) -> Iterator[tuple[str, int, str]]:
        target = self._registry.by_label(label)
        if target is None:
            return
        owner = self._registry.owner(target.symbol)
        if owner is not None and owner != self._registry.owner(origin):
            yield origin, line, target.symbol

    def _is_its_own(self, model: StartedModel, field: StartedField) -> bool:
        """Return whether the field of an abstract base leads to each heir's own model or app."""
        if self._origin(field.declared_in or model.symbol, field.name) == model.symbol:
            return False
        target = self._registry.by_label(field.related)
        if target is None or target.app != model.app:
            return False
        return target is model or not self._is_named(field)

    def _is_named(self, field: StartedField) -> bool:
        """Return whether an abstract base names the one model that its field leads to."""
        found = self._classes.attribute(field.declared_in, field.name)
        match found.value if found is not None else None:
            case ("term", ("call", _, (str(label), *_))):
                return "." in label
            case ("term", ("call", _, (("term", _), *_))):
                return True
        return False

    def _line(self, symbol: str, name: str = "") -> int:
        """Return where a field is declared, else where its class is."""
        if (found := self._classes.own(symbol).get(name)) is not None:
            return found.line
        one = self._classes.by_symbol.get(symbol)
        return one.line if one is not None else 1
