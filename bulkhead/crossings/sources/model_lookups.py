"""Crossings of the kind `model-lookup`: models and apps of another component, by their labels."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts, Text, Value
from bulkhead.crossings.sources.content_types import ContentTypeLookups
from bulkhead.crossings.sources.models import Models
from bulkhead.crossings.sources.seen import Reporter, reporters
from bulkhead.crossings.sources.strings import DottedPaths
from bulkhead.crossings.sources.template_files import templates_of
from bulkhead.crossings.sources.terms import (
    argument,
    dotted,
    has_argument,
    is_constant,
    items_of,
    last_name,
    term_of,
)
from bulkhead.crossings.sources.values import Values
from bulkhead.crossings.world import World

KIND = "model-lookup"

PERMISSION_CALLS = {"has_perm", "has_perms", "permission_required", "user_has_perm"}

USER_SETTING = "django.conf.settings.AUTH_USER_MODEL"

RUNNING = "It is put together while it runs."


def model_lookups(world: World) -> Iterator[Link | Unresolved]:
    """Yield what names a model or an app of another component by a string."""
    source = _Lookups(world)
    content_types = ContentTypeLookups(world, source.models)
    for reporter, facts in reporters(world, KIND):
        yield from source.texts(reporter, facts)
        yield from source.calls(reporter, facts)
        yield from content_types.calls(reporter, facts)
    for reporter, template in templates_of(world, KIND):
        for tag in template.facts.tags:
            if tag.tag == "perms":
                yield from source.permission(reporter, tag.line, tag.name)


class _Lookups:
    def __init__(self, world: World) -> None:
        self.models = Models(world)
        self._world = world
        self._paths = DottedPaths(world)
        self._values = Values(world)
        self._bases = {field.declared_in for one in world.started.models for field in one.fields}

    def texts(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link]:
        """Yield the labels and permissions that stand in a file, wherever they are used."""
        migrates = is_migration(reporter.module)
        for text in facts.texts:
            if self._paths.symbol(text.text):
                continue
            model = self.models.permitted(text.text)
            if model is None and not migrates and not self._declares(reporter.module, text):
                model = self.models.labelled(text.text)
            if model:
                yield from reporter.link(text.line, model.symbol)

    def _declares(self, module: str, text: Text) -> bool:
        """Return whether a label is one of a relation, which the kind `relation` tells of."""
        scope = f"{module}.{text.scope}"
        return scope in self._bases or self.models.of_class(scope) is not None

    def calls(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield what only the function tells to be a label, and what can't be told."""
        for call in facts.calls:
            if call.name in PERMISSION_CALLS:
                yield from self._permissions(reporter, call)
            elif find := self._finders.get(call.name):
                yield from find(reporter, call)

    @cached_property
    def _finders(self) -> dict[str, Callable[[Reporter, Call], Iterator[Link | Unresolved]]]:
        return {
            "get_app_config": self._app_config,
            "get_model": self._model,
            "get_user_model": self._user,
            "has_module_perms": self._module_perms,
        }

    def _model(self, reporter: Reporter, call: Call) -> Iterator[Link | Unresolved]:
        if is_migration(reporter.module):
            return
        for app in self._values.options(argument(call, 0, "app_label")):
            if dotted(term_of(app)) == USER_SETTING:
                yield from self._user(reporter, call)
            elif isinstance(app, str):
                yield from self._model_named(reporter, call, app)
            elif _is_registry(call):
                yield from reporter.unresolved(call.line, call.name, RUNNING)

    def _user(self, reporter: Reporter, call: Call) -> Iterator[Link]:
        if self.models.user and dotted(call.function):
            yield from reporter.link(call.line, self.models.user.symbol)

    def _module_perms(self, reporter: Reporter, call: Call) -> Iterator[Link]:
        yield from self._app(reporter, call.line, argument(call, 0, "app_label"))

    def _model_named(self, reporter: Reporter, call: Call, app: str) -> Iterator[Link | Unresolved]:
        if not has_argument(call, 1, "model_name"):
            yield from self._model_by_label(reporter, call, app)
            return
        for name in self._values.options(argument(call, 1, "model_name")):
            yield from self._model_of_app(reporter, call, app, name)

    def _model_of_app(
        self, reporter: Reporter, call: Call, app: str, name: Value
    ) -> Iterator[Link | Unresolved]:
        if not isinstance(name, str):
            yield from self._app(reporter, call.line, app)
        elif model := self.models.labelled(f"{app}.{name}"):
            yield from reporter.link(call.line, model.symbol)
        elif app in self.models.packages:
            yield from self._unknown(reporter, call, f"{app}.{name}")

    def _model_by_label(
        self, reporter: Reporter, call: Call, label: str
    ) -> Iterator[Link | Unresolved]:
        app = _app_config_of(call)
        if "." not in label and isinstance(app, str):
            yield from self._model_of_app(reporter, call, app, label)
        elif label.partition(".")[0] in self.models.packages and not self.models.labelled(label):
            yield from self._unknown(reporter, call, label)

    def _unknown(self, reporter: Reporter, call: Call, label: str) -> Iterator[Unresolved]:
        yield from reporter.unresolved(call.line, label, "No installed model has this label.")

    def _app_config(self, reporter: Reporter, call: Call) -> Iterator[Link | Unresolved]:
        for app in self._values.options(argument(call, 0, "app_label")):
            if isinstance(app, str):
                yield from self._app(reporter, call.line, app)
            elif _is_registry(call):
                yield from reporter.unresolved(call.line, call.name, RUNNING)

    def _app(self, reporter: Reporter, line: int, app: Value) -> Iterator[Link]:
        if isinstance(app, str) and app in self.models.packages:
            yield from reporter.link(line, self.models.packages[app])

    def _permissions(self, reporter: Reporter, call: Call) -> Iterator[Link | Unresolved]:
        place = 1 if call.name == "user_has_perm" else 0
        for value in self._values.options(argument(call, place, "perm", "perm_list")):
            for item in items_of(value):
                if not isinstance(item, str):
                    if _asks_django(call) and not is_constant(item):
                        yield from reporter.unresolved(call.line, call.name, RUNNING)
                elif self.models.permitted(item) is None:
                    yield from self._app(reporter, call.line, item.partition(".")[0])

    def permission(self, reporter: Reporter, line: int, permission: str) -> Iterator[Link]:
        """Yield where a permission leads: to its model, else to the app that it names."""
        if model := self.models.permitted(permission):
            yield from reporter.link(line, model.symbol)
        else:
            yield from self._app(reporter, line, permission.partition(".")[0])


def is_migration(module: str) -> bool:
    """Return whether a module is a migration, as its package tells."""
    return "migrations" in module.split(".")[:-1]


def _asks_django(call: Call) -> bool:
    """Return whether a call is of Django's own; `permission_required` bears a common name."""
    is_method = call.function is not None and call.function[0] == "attribute"
    return is_method or dotted(call.function).startswith("django.")


def _is_registry(call: Call) -> bool:
    """Return whether a function is Django's registry of apps, or one that is called alone."""
    name = dotted(call.function)
    return name.startswith("django.apps.") or name.rpartition(".")[2] == "get_model"


def _app_config_of(call: Call) -> Value:
    """Return the label in `apps.get_app_config(label).get_model(name)`."""
    match call.function:
        case ("attribute", ("call", function, tuple(arguments), *_), _) if arguments:
            return arguments[0] if last_name(function) == "get_app_config" else None
    return None
