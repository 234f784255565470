"""Crossings of the kind `string`: dotted paths to code of another component."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts, Text, Value
from bulkhead.crossings.sources.seen import Reporter, reporters
from bulkhead.crossings.sources.terms import (
    argument,
    dotted,
    is_constant,
    items_of,
    options_of,
    term_of,
)
from bulkhead.crossings.sources.values import Values
from bulkhead.crossings.world import World

KIND = "string"

TAKING_PATHS = {
    "django.utils.module_loading.import_string",
    "importlib.import_module",
    "builtins.__import__",
    "pydoc.locate",
    "unittest.mock.patch",
    "mock.patch",
}
"""What takes a dotted path, and nothing else."""

PATCHES = {"patch", "setattr", "delattr"}
"""What sets a name in the module that the path names, wherever it is defined."""

LOGGERS = {"getLogger", "assertLogs", "assertNoLogs"}
"""What takes the name of a logger, which only looks like a path."""

IMPORTERS = {"import_module", "__import__"}
"""What imports; the kind `import` tells of what is written there."""

LOADERS = {"get_class", "get_classes"}
"""What loads classes by the label of their app, as django-oscar has it."""

SENDING = {"send_task", "signature"}
"""What takes the name of a task."""

TASKS = {"task", "shared_task", "periodic_task", "db_task", "job"}
"""What gives a function a name that others may send."""

RUNNING = "It is put together while it runs."


def strings(world: World) -> Iterator[Link | Unresolved]:
    """Yield the dotted paths that lead into another component's code."""
    paths = DottedPaths(world)
    source = _Strings(world, paths)
    for reporter, facts in reporters(world, KIND):
        yield from source.texts(reporter, facts)
        yield from source.calls(reporter, facts)
        if reporter.module == world.started.settings_module:
            yield from source.settings(reporter)


class DottedPaths:
    """Finds the module or name of the project that a dotted path leads to."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._values = Values(world)
        self._packages = {app.label: app.package for app in world.started.apps}

    def module_of(self, path: str) -> str:
        """Return the longest part of a path that is a module of the project."""
        return self._values.module_of(path)[0]

    def symbol(self, path: str) -> str | None:
        """Return where that is defined what a path leads to; None where nothing is."""
        definition = self._world.names.definition(path)
        if definition is None:
            return None
        return definition.symbol if self.module_of(definition.symbol) else path

    def in_app(self, path: str, name: str) -> str | None:
        """Return a name in a module of an app, whose path begins with the app's label."""
        label, _, module = path.partition(".")
        return self.symbol(f"{self._packages.get(label)}.{module}.{name}")

    def place(self, path: str) -> str | None:
        """Return the name that is replaced where a path is patched."""
        owner, _, name = path.rpartition(".")
        if self.symbol(path) is None or not (symbol := self.symbol(owner)):
            return None
        return path if path in self._world.facts else f"{symbol}.{name}"


class _Strings:
    def __init__(self, world: World, paths: DottedPaths) -> None:
        self._world = world
        self._paths = paths
        self._values = Values(world)

    def texts(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield what the strings of a file lead to."""
        taken = taken_texts(facts, PATCHES | LOGGERS | IMPORTERS)
        has_schedule = any("SCHEDULE" in name.upper() for name in facts.values)
        for text in facts.texts:
            by = taken.get(text, "")
            if by in LOGGERS | IMPORTERS:
                continue
            find = self._paths.place if by in PATCHES else self._paths.symbol
            symbol = find(text.text)
            if symbol is None and has_schedule:
                symbol = self._tasks.get(text.text)
            if symbol:
                yield from reporter.link(text.line, symbol)

    def calls(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield what only the function tells to be a path, and what can't be told."""
        for call in facts.calls:
            if call.name in SENDING:
                yield from self._sent(reporter, call)
            elif call.name in LOADERS:
                yield from self._loaded(reporter, call)
            elif dotted(call.function) in TAKING_PATHS:
                for option in options_of(argument(call, 0, "name", "path", "target")):
                    yield from self._taken(reporter, call, option)

    def _taken(self, reporter: Reporter, call: Call, value: Value) -> Iterator[Link | Unresolved]:
        """Yield what a function that takes paths is given; what is spelled out here is a text."""
        for path in self._values.options(value):
            if isinstance(path, str):
                yield from self._path(reporter, call, path, is_text=value == path)
            elif not is_constant(path) and not self._is_setting(path):
                yield from reporter.unresolved(call.line, call.name, RUNNING)

    def _is_setting(self, value: Value) -> bool:
        """Return whether the path is that of a setting, where it is told."""
        name = dotted(term_of(value)).removeprefix("django.conf.settings.")
        return any(name == setting for setting, _ in self._world.started.settings_paths)

    def _path(
        self, reporter: Reporter, call: Call, path: str, *, is_text: bool
    ) -> Iterator[Link | Unresolved]:
        if symbol := self._paths.symbol(path):
            if not is_text:
                yield from reporter.link(call.line, symbol)
        elif call.name not in IMPORTERS and (module := self._paths.module_of(path)):
            reason = f"{module} has no such name that can be read."
            yield from reporter.unresolved(call.line, path, reason)

    def _sent(self, reporter: Reporter, call: Call) -> Iterator[Link | Unresolved]:
        value = argument(call, 0, "name", "varies")
        if isinstance(value, str):
            if self._paths.symbol(value) is None and value in self._tasks:
                yield from reporter.link(call.line, self._tasks[value])
        elif call.name == "send_task":
            yield from reporter.unresolved(call.line, call.name, RUNNING)

    def _loaded(self, reporter: Reporter, call: Call) -> Iterator[Link | Unresolved]:
        for path in self._values.options(argument(call, 0, "module_label")):
            for name in items_of(argument(call, 1, "classname", "classnames")):
                if isinstance(path, str) and isinstance(name, str):
                    yield from self._in_app(reporter, call, path, name)
                elif _is_oscars(call):
                    yield from reporter.unresolved(call.line, call.name, RUNNING)

    def _in_app(
        self, reporter: Reporter, call: Call, path: str, name: str
    ) -> Iterator[Link | Unresolved]:
        """Yield the class that a module of an app has, whose path begins with its label."""
        if symbol := self._paths.in_app(path, name):
            yield from reporter.link(call.line, symbol)
        elif _is_oscars(call):
            reason = "No installed app has such a name."
            yield from reporter.unresolved(call.line, f"{path}.{name}", reason)

    def settings(self, reporter: Reporter) -> Iterator[Link | Unresolved]:
        """Yield the paths that the settings hold and no file spells out."""
        spelled = {text.text for facts in self._world.facts.values() for text in facts.texts}
        given = self._world.facts[reporter.module].variables
        lines = {name: line for name, line, _ in reversed(given)}
        for name, path in self._world.started.settings_paths:
            if path not in spelled and (symbol := self._paths.symbol(path)):
                yield from reporter.link(lines.get(name, 1), symbol)

    @cached_property
    def _tasks(self) -> dict[str, str]:
        """The functions that are given a name as tasks, by that name."""
        return {
            name: f"{module}.{function}"
            for module, facts in self._world.facts.items()
            for name, function in _named_tasks(facts)
        }


def taken_texts(facts: FileFacts, names: AbstractSet[str]) -> dict[Text, str]:
    """Return the strings that calls of these names take, each with the name."""
    waiting: dict[Value, list[Text]] = defaultdict(list)
    for text in facts.texts:
        waiting[text.text].append(text)
    taken: dict[Text, str] = {}
    for call in facts.calls:
        for value in call.arguments if call.name in names else ():
            below = (text for text in waiting.get(value, ()) if text.line >= call.line)
            if free := next((text for text in below if text not in taken), None):
                taken[free] = call.name
    return taken


def _is_oscars(call: Call) -> bool:
    return dotted(call.function).startswith("oscar.")


def _named_tasks(facts: FileFacts) -> Iterator[tuple[str, str]]:
    for call in facts.calls:
        name = argument(call, len(call.arguments), "name")
        if call.name not in TASKS or not isinstance(name, str):
            continue
        below = [function for function in facts.functions if function.line >= call.line]
        if below:
            yield name, min(below, key=lambda function: function.line).name
