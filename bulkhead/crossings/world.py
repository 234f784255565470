"""What the sources of crossings look at: a project, its files, and what names stand for."""

from __future__ import annotations

import marshal
import sys
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path

from bulkhead.crossings.description import ProjectDescription, SourceRoot
from bulkhead.crossings.files import SourceFile, source_files
from bulkhead.crossings.kept import cache_folder
from bulkhead.crossings.links import Unresolved
from bulkhead.crossings.places import Places
from bulkhead.crossings.reading.cache import Cache, key_of
from bulkhead.crossings.reading.facts import AttributeUse, FileFacts
from bulkhead.crossings.reading.project import ProjectFacts
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.classes import Classes
from bulkhead.crossings.resolving.index import Index, Indexing, from_plain, joined, plain
from bulkhead.crossings.resolving.names import Names
from bulkhead.crossings.resolving.types import Typing
from bulkhead.crossings.started import StartedProject

FILE = "file"
"""The kind of what could not be read at all."""


class World:
    """A project as it is read; what costs is made when it is asked for."""

    def __init__(
        self,
        started: StartedProject,
        description: ProjectDescription,
        *,
        folder: Path,
        asked: frozenset[str] | None = None,
        instead: Mapping[str, bytes] | None = None,
    ) -> None:
        self.started = started
        self.description = description
        self.folder = folder
        """What the names of files are relative to."""
        self.asked_files = asked
        """The names of the files whose links are asked for; None is all."""
        self.instead = {folder / name: content for name, content in (instead or {}).items()}
        """What is read in the place of files."""
        self.refused: list[OSError] = []
        """The folders that could not be listed."""
        files = source_files(
            description.roots, excluded=description.excluded, on_error=self.refused.append
        )
        self.modules: Mapping[str, SourceFile] = {file.module: file for file in files}
        self._names_of_files: dict[str, str] = {}
        self.cache = Cache.of_project(folder, folder=cache_folder() / "facts")
        self.facts = ProjectFacts(
            self.modules,
            cache=self.cache,
            wanted=_accessors(started),
            instead=self.instead,
        )

    @cached_property
    def places(self) -> Places:
        """Tells what a module belongs to."""
        return Places(self.description)

    @cached_property
    def names(self) -> Names:
        """Tells where names are defined."""
        return Names(self.facts)

    @cached_property
    def registry(self) -> Registry:
        """Tells where the fields of models lead."""
        return Registry(self.started, self.places)

    @cached_property
    def types(self) -> Typing:
        """Tells what terms stand for."""
        classes = Classes(self.facts, self.names)
        return Typing(self.registry, classes, self._index(classes))

    def _index(self, classes: Classes) -> Index:
        """Return what all files together tell; for single files as the last whole run had it."""
        models = [model.label for model in self.registry.models]
        key = key_of(*("\0".join(names).encode() for names in (["index"], self.modules, models)))
        found = self.cache.get(key)
        kept = None if found is None else from_plain(marshal.loads(found))  # noqa: S302 - our own
        if self.asked_files is not None and kept is not None:
            asked = {module: self.facts[module] for module in self.asked}
            return joined(kept, Indexing(self.registry, classes, asked).index())
        index = Indexing(self.registry, classes, self.facts).index()
        if index != kept:
            self.cache.put(key, marshal.dumps(plain(index)))
        return index

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The modules whose links are asked for, sorted."""
        if self.asked_files is None:
            return tuple(self.modules)
        return tuple(module for module in self.modules if self.file(module) in self.asked_files)

    def file(self, module: str) -> str:
        """Return the name of a module's file, as reports show it."""
        if (name := self._names_of_files.get(module)) is None:
            name = self._names_of_files[module] = self.relative(self.modules[module].path)
        return name

    def relative(self, path: Path) -> str:
        """Return the name of any file; one outside of the folder is named by its package."""
        name, folder = path.as_posix(), f"{self.folder.as_posix()}/"
        if name.startswith(folder):
            return name.removeprefix(folder)
        for root in self.description.roots:
            if path.is_relative_to(root.folder):
                return _within(root, path)
        return path.name

    def is_asked(self, file: str) -> bool:
        """Return whether the links of a file are asked for."""
        return self.asked_files is None or file in self.asked_files

    def read_attributes(self, module: str, wanted: frozenset[str]) -> tuple[AttributeUse, ...]:
        """Return where a module uses attributes of these names, by line."""
        return self.facts.attribute_uses(module, wanted)

    def unread(self) -> Iterator[Unresolved]:
        """Yield the files and folders that could not be read, with the reason."""
        for module in self.asked:
            facts = self.facts[module]
            if facts.unreadable:
                yield Unresolved(
                    file=self.file(module),
                    line=facts.unreadable_line,
                    module=module,
                    kind=FILE,
                    text=self.file(module),
                    reason=_reason(facts, self.started.python),
                )
        for error in self.refused:
            name = self.relative(Path(error.filename))
            yield Unresolved(
                file=name,
                line=1,
                module=name.replace("/", "."),
                kind=FILE,
                text=name,
                reason=f"the folder can't be listed: {error.strerror}",
            )


def _accessors(started: StartedProject) -> frozenset[str]:
    """Return what relations put on other models; all uses of these names are read at once."""
    return frozenset(
        field.accessor for model in started.models for field in model.fields if field.accessor
    )


def _within(root: SourceRoot, path: Path) -> str:
    package = Path(*root.package.split("."))
    if root.folder == path:
        return package.with_suffix(path.suffix).as_posix()
    return (package / path.relative_to(root.folder)).as_posix()


def _reason(facts: FileFacts, python: str) -> str:
    """Return why a file could not be read; a newer syntax than the reader's may be the cause."""
    if _version(python) <= sys.version_info[:2]:
        return facts.unreadable
    return (
        f"{facts.unreadable} (read by Python {sys.version_info[0]}.{sys.version_info[1]}, "
        f"while the project runs on {python}: run Bulkhead on the same)"
    )


def _version(python: str) -> tuple[int, ...]:
    return tuple(int(part) for part in python.split(".")[:2] if part.isdecimal())
