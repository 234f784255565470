"""The template files of a project, and which of them a name means."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from weakref import WeakKeyDictionary

from django import forms

from bulkhead.crossings.reading.facts import FileFacts
from bulkhead.crossings.reading.templates import Tag, TemplateFacts, read_template
from bulkhead.crossings.sources.seen import Reporter, is_first_party
from bulkhead.crossings.sources.terms import options_of
from bulkhead.crossings.world import World

_NAME = re.compile(r"[^/\n{}][^\n{}]{0,200}")
"""What can be the name of a template, and not its text."""

_OF_FORMS = Path(forms.__file__).parent / "templates"
"""Where Django has the templates of forms; it is no app."""

_NO_TEMPLATES = {".gif", ".ico", ".jpeg", ".jpg", ".mo", ".png", ".py", ".pyc", ".svg", ".woff"}


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class TemplateFile:
    """One template of the project."""

    name: str
    """What templates and views call it by."""

    path: Path
    package: str
    """The package of the app that it belongs to; that of the settings where there is none."""

    @property
    def symbol(self) -> str:
        """What crossings call it."""
        return f"{self.package}:{self.name}"


class TemplateFiles:
    """Finds templates as Django's loaders do: the first folder that has one of this name."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._folders = [*map(Path, world.started.template_folders), _OF_FORMS]
        self._apps = sorted(world.started.apps, key=lambda app: len(app.path), reverse=True)
        self._packages = {app.label: app.package for app in world.started.apps}
        self._found: dict[str, tuple[Path, ...]] = {}

    @cached_property
    def all(self) -> tuple[TemplateFile, ...]:
        """The templates of the project, without those of other packages, each once."""
        found = {
            path: file
            for folder in self._folders
            if self.package_of(folder)
            for path in _files_below(folder)
            if (file := self._file(folder, path.relative_to(folder).as_posix()))
        }
        return tuple(found[path] for path in sorted(found))

    def exists(self, name: str) -> bool:
        """Return whether a name is that of any template, be it of another package."""
        return bool(self._paths(name))

    def named(self, name: str, *, but: Path | None = None) -> TemplateFile | None:
        """Return the template of the project that a name means; None for one of elsewhere.

        A template that extends its own name means the next one.
        """
        for folder in self._paths(name):
            if folder / name != but:
                return self._file(folder, name)
        return None

    def package_of(self, path: Path) -> str:
        """Return the package that a file or folder belongs to; empty outside of the project."""
        for app in self._apps:
            if app.path and path.is_relative_to(app.path):
                return app.package if is_first_party(self._world.places, app.package) else ""
        is_own = path.is_relative_to(self._world.folder) and "site-packages" not in path.parts
        return self._project if is_own else ""

    @cached_property
    def _project(self) -> str:
        return self._world.started.settings_module.partition(".")[0] or "templates"

    def _file(self, folder: Path, name: str) -> TemplateFile | None:
        package = self.package_of(folder / name)
        if not package:
            return None
        if package == self._project:
            first = name.partition("/")[0]
            package = self._packages.get(first, package)
        return TemplateFile(name=name, path=folder / name, package=package)

    def _paths(self, name: str) -> tuple[Path, ...]:
        """Return the folders that have a template of this name, in their order."""
        if not _NAME.fullmatch(name):
            return ()
        if name not in self._found:
            self._found[name] = tuple(
                folder for folder in self._folders if (folder / name).is_file()
            )
        return self._found[name]


class ReadTemplate(NamedTuple):
    """A template, where it stands, and what it says."""

    module: str
    """The module that it stands in; of a file the package that it belongs to."""

    name: str
    """The name of its file, relative to the project."""

    file: TemplateFile | None
    """None where it stands in a module."""

    facts: TemplateFacts


def templates_of(world: World, kind: str) -> Iterator[tuple[Reporter, ReadTemplate]]:
    """Yield each template of the project with what reports on it; they are read once."""
    if world not in _READ:
        _READ[world] = (*_files(world), *_texts(world))
    for read in _READ[world]:
        yield Reporter(world.places, kind, read.name, read.module), read


_READ: WeakKeyDictionary[World, tuple[ReadTemplate, ...]] = WeakKeyDictionary()


def _files(world: World) -> Iterator[ReadTemplate]:
    asked = world.asked_files
    if asked is not None and all(name.endswith(".py") for name in asked):
        return
    for file in TemplateFiles(world).all:
        name = world.relative(file.path)
        if world.is_asked(name):
            yield ReadTemplate(file.package, name, file, _read(world, file))


def _texts(world: World) -> Iterator[ReadTemplate]:
    for module in world.asked:
        for line, text in _inline(world.facts[module]):
            facts = _moved(_kept(world, text.encode()), line - 1)
            yield ReadTemplate(module, world.file(module), None, facts)


def _inline(facts: FileFacts) -> Iterator[tuple[int, str]]:
    """Yield the templates that stand in a module, as tables have them for their columns."""
    given = [
        *((line, value) for _, line, value in facts.variables),
        *((line, value) for one in facts.classes for _, line, value in one.attributes),
        *((one.line, value) for one in facts.calls for value in one.arguments),
        *((one.line, value) for one in facts.calls for _, value in one.keywords),
    ]
    for line, value in given:
        for option in options_of(value):
            if isinstance(option, str) and "{%" in option:
                yield line, option


def _moved(facts: TemplateFacts, lines: int) -> TemplateFacts:
    return facts._replace(tags=tuple(tag._replace(line=tag.line + lines) for tag in facts.tags))


def _read(world: World, file: TemplateFile) -> TemplateFacts:
    try:
        content = world.instead.get(file.path)
        return _kept(world, file.path.read_bytes() if content is None else content)
    except OSError as error:
        return TemplateFacts(unreadable=error.strerror or str(error))


def _kept(world: World, content: bytes) -> TemplateFacts:
    """Return what a template says, from the cache where it was read before."""
    tags, *unreadable = world.cache.plain("template", content, read_template)
    return TemplateFacts(tuple(Tag(*tag) for tag in tags), *unreadable)


def _files_below(folder: Path) -> Iterator[Path]:
    for name, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not one.startswith("."))
        for file in sorted(files):
            if not file.startswith(".") and Path(file).suffix.lower() not in _NO_TEMPLATES:
                yield Path(name, file)
