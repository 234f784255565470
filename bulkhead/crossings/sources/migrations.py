"""Crossings of the kind `migration`: what migrations wait for, and which models they take."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts, Term, Value
from bulkhead.crossings.reading.interest import RELATIONS
from bulkhead.crossings.sources.seen import Reporter, reporters
from bulkhead.crossings.world import World

KIND = "migration"

_TIES = ("dependencies", "run_before")
_FIRST_AND_LAST = frozenset({"__first__", "__latest__"})


def migrations(world: World) -> Iterator[Link | Unresolved]:
    """Yield what the migrations of one component have to do with another's."""
    for reporter, facts in reporters(world, KIND):
        if is_migration(reporter.module):
            found = set(_Migration(world, reporter, facts).found())
            yield from sorted(found, key=lambda one: (one.line, str(one)))


def is_migration(module: str) -> bool:
    """Return whether a module stands among migrations."""
    return "migrations" in module.split(".")[:-1]


class _Migration:
    """One module among migrations."""

    def __init__(self, world: World, reporter: Reporter, facts: FileFacts) -> None:
        self._reporter = reporter
        self._facts = facts
        self._modules = world.modules
        self._registry = world.registry

    def found(self) -> Iterator[Link | Unresolved]:
        for one in self._facts.classes:
            for name, line, value in one.attributes:
                if one.name == "Migration" and name in _TIES:
                    yield from self._ties(line, value)
        for call in self._facts.calls:
            yield from self._called(call)

    def _ties(self, line: int, value: Value) -> Iterator[Link | Unresolved]:
        match value:
            case ("list", values):
                for one in values:
                    yield from self._tie(line, one)
            case _:
                yield from self._reporter.unresolved(
                    line, "dependencies", "put together when it runs"
                )

    def _tie(self, line: int, value: Value) -> Iterator[Link | Unresolved]:
        match value:
            case ("list", (str(app), str(name))):
                yield from self._migration(line, app, name)
            case ("term", ("call", function, arguments)) if _last(function) == SWAPPABLE:
                yield from self._swappable(line, arguments)
            case _:
                yield from self._reporter.unresolved(
                    line, "dependencies", "put together when it runs"
                )

    def _migration(self, line: int, app: str, name: str) -> Iterator[Link]:
        package = self._registry.package(app)
        if package is not None:
            yield from self._reporter.link(line, self._symbol(package, name))

    def _symbol(self, package: str, name: str) -> str:
        """Return the module of a migration, wherever its app keeps them."""
        for folder in ("migrations", "db.migrations"):
            if f"{package}.{folder}.{name}" in self._modules:
                return f"{package}.{folder}.{name}"
        return f"{package}.migrations.{name}"

    def _swappable(self, line: int, arguments: tuple[Value, ...]) -> Iterator[Link | Unresolved]:
        for argument in arguments[:1]:
            if (label := self._label(argument)) is not None:
                yield from self._model(line, label)
            else:
                yield from self._reporter.unresolved(line, SWAPPABLE, "the setting can't be told")

    def _called(self, call: Call) -> Iterator[Link | Unresolved]:
        if call.name == "get_model":
            yield from self._taken(call)
        elif call.name in RELATIONS or "to" in dict(call.keywords):
            keywords = dict(call.keywords)
            for value in (keywords.get("to", (*call.arguments, None)[0]), keywords.get("through")):
                if (label := self._label(value)) is not None:
                    yield from self._model(call.line, label)
        elif call.name == "CreateModel":
            yield from self._bases(call)

    def _bases(self, call: Call) -> Iterator[Link]:
        """Yield the models that a model inherits from, which stand there by their labels."""
        match dict(call.keywords).get("bases"):
            case ("list", values):
                for value in values:
                    if isinstance(value, str):
                        yield from self._model(call.line, value)

    def _taken(self, call: Call) -> Iterator[Link | Unresolved]:
        """Yield the model that `apps.get_model` takes."""
        keywords = dict(call.keywords)
        values = (*call.arguments, *(keywords[name] for name in _NAMES if name in keywords))
        names = [value for value in values if isinstance(value, str)]
        if names and len(names) == len(values):
            yield from self._model(call.line, ".".join(names[:2]))
        elif names or values:
            text = f"get_model({names[0]!r}, …)" if names else "get_model(…)"
            app = names[0] if names and isinstance(values[0], str) else ""
            if not app or "." in app or self._leads_elsewhere(app):
                yield from self._reporter.unresolved(
                    call.line, text, "the model is named when it runs"
                )

    def _leads_elsewhere(self, app: str) -> bool:
        package = self._registry.package(app)
        return package is not None and self._is_foreign(package)

    def _label(self, value: Value) -> str | None:
        match value:
            case str(label):
                return label
            case ("term", ("attribute", _, "AUTH_USER_MODEL")):
                return self._registry.user_model
        return None

    def _model(self, line: int, label: str) -> Iterator[Link]:
        """Yield a model of another component; of one that is gone, the name that it had."""
        app, _, name = label.partition(".")
        package = self._registry.package(app)
        if not name or package is None:
            return
        model = self._registry.by_label(label)
        yield from self._reporter.link(
            line, model.symbol if model is not None else f"{package}.models.{name}"
        )

    def _is_foreign(self, package: str) -> bool:
        owner = self._registry.owner(package)
        return owner is not None and owner != self._registry.owner(self._reporter.module)


SWAPPABLE = "swappable_dependency"
_NAMES = ("app_label", "model_name")


def _last(function: Term) -> str:
    return str(function[-1]).rpartition(".")[2] if function is not None else ""
