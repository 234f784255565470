"""Look-ups of content types and permissions by the label of what they are about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts, Term, Value
from bulkhead.crossings.sources.models import CONTENT_TYPE, PERMISSION, Models
from bulkhead.crossings.sources.seen import Reporter
from bulkhead.crossings.sources.terms import argument, chain, items_of, term_of
from bulkhead.crossings.sources.values import Values
from bulkhead.crossings.started import StartedModel
from bulkhead.crossings.world import World

LOOK_UPS = {
    "Q",
    "aget",
    "exclude",
    "filter",
    "get",
    "get_list_or_404",
    "get_object_or_404",
    "get_or_create",
    "update_or_create",
}
OF_FIRST = {"get_list_or_404", "get_object_or_404"}
NATURAL_KEY = "get_by_natural_key"
RUNNING = "The label is put together while it runs."
_ALONE = {CONTENT_TYPE: "model", PERMISSION: "codename"}
"""What is enough to name a content type or a permission, where only one app has it."""


class ContentTypeLookups:
    """Finds `ContentType.objects.get(app_label="billing", model="invoice")` and its like."""

    def __init__(self, world: World, models: Models) -> None:
        self._world = world
        self._models = models
        self._values = Values(world)

    def calls(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield what the look-ups of one file are about."""
        for call in facts.calls:
            if call.name == NATURAL_KEY and self._kind(call.function) == CONTENT_TYPE:
                models = {"model": argument(call, 1, "model")}
                yield from self._labelled(reporter, call, argument(call, 0, "app_label"), models)
            elif call.name in LOOK_UPS and call.keywords:
                yield from self._looked_up(reporter, call, self._kind(_owner(call, facts)))

    def _looked_up(self, reporter: Reporter, call: Call, kind: str) -> Iterator[Link | Unresolved]:
        given = {_field(name): value for name, value in call.keywords}
        apps = [name for name in given if _is_app_label(name, kind, given)]
        for name in apps:
            before = name.removesuffix("app_label")
            models = {"model": given.get(f"{before}model"), "codename": given.get("codename")}
            yield from self._labelled(reporter, call, given[name], models)
        alone = _ALONE.get(kind)
        if alone in given and alone and not apps:
            yield from self._alone(reporter, call, alone, given[alone])

    def _labelled(
        self, reporter: Reporter, call: Call, apps: Value, models: Mapping[str, Value]
    ) -> Iterator[Link | Unresolved]:
        for app in self._strings(apps):
            if app is None:
                yield from reporter.unresolved(call.line, call.name, RUNNING)
            elif app in self._models.packages:
                for symbol in self._symbols(app, models):
                    yield from reporter.link(call.line, symbol)

    def _symbols(self, app: str, models: Mapping[str, Value]) -> dict[str, None]:
        """Return the models that are named, each once; the package where none is known."""
        names = [name for name in self._strings(models["model"]) if name]
        found = [self._models.labelled(f"{app}.{name}") for name in names]
        if not names:
            codenames = [name for name in self._strings(models.get("codename")) if name]
            found = [self._models.with_permission(app, name) for name in codenames]
        known = [model.symbol for model in found if model]
        return dict.fromkeys(known or [self._models.packages[app]])

    def _alone(
        self, reporter: Reporter, call: Call, field: str, value: Value
    ) -> Iterator[Link | Unresolved]:
        """Yield the model whose name or permission is given without its app."""
        for name in self._strings(value):
            if name is None:
                yield from reporter.unresolved(call.line, call.name, RUNNING)
                continue
            found = self._models.named(name) if field == "model" else self._models.permitting(name)
            if len(found) == 1:
                yield from reporter.link(call.line, found[0].symbol)
            elif found:
                yield from reporter.unresolved(call.line, name, "Models of several apps fit it.")

    def _strings(self, value: Value) -> list[str | None]:
        options = [one for item in items_of(value) for one in self._values.options(item)]
        return [one if isinstance(one, str) else None for one in options]

    def _kind(self, term: Term) -> str:
        """Return whether a chain of calls begins at content types, or at permissions."""
        for part in chain(term):
            model = self._model(part)
            for kind in _ALONE:
                if self._models.is_kind_of(model, kind):
                    return kind
        return ""

    def _model(self, term: Term) -> StartedModel | None:
        """Return the model that a term is: its class, or what `get_model` returns."""
        dotted = self._world.names.dotted(term) if term else None
        if not dotted:
            return None
        definition = self._world.names.definition(dotted)
        return self._models.of_class(definition.symbol if definition else dotted)


def _owner(call: Call, facts: FileFacts) -> Term:
    """Return what a look-up is made of; for a Q that which the outermost call is made of."""
    while call.name == "Q" and call.inside >= 0:
        call = facts.calls[call.inside]
    if call.name in OF_FIRST:
        return term_of(argument(call, 0, "klass"))
    return call.function


def _field(name: str) -> str:
    return name.removesuffix("__in").removesuffix("__iexact").removesuffix("__exact")


def _is_app_label(name: str, kind: str, given: Mapping[str, Value]) -> bool:
    if name == "app_label":
        return kind == CONTENT_TYPE or isinstance(given.get("model"), str | tuple)
    return name.endswith("__app_label")
