"""Everything that the files of a project say, before anybody has judged it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.files import SourceFile, bare_folders, source_files
from bulkhead.crossings.finding import find_links
from bulkhead.crossings.kinds import IMPORT, KINDS
from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.places import Places
from bulkhead.crossings.reading.facts import FileFacts
from bulkhead.crossings.reading.reader import read_file, read_source, relative_name
from bulkhead.crossings.resolving.names import Names
from bulkhead.crossings.sources.imports import links_of_imports
from bulkhead.crossings.structure import Fault, StructureSource
from bulkhead.crossings.world import FILE, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What reading a project has given, before anybody has judged it."""

    links: Iterable[Link]
    faults: Iterable[Fault] = ()
    unresolved: Iterable[Unresolved] = ()
    modules: Mapping[str, str]
    """The module in each file that was read, by the file's name."""

    asked: frozenset[str] | None = None
    """The modules that were looked at; None stands for all."""

    kinds: Collection[str] = tuple(KINDS)
    """The kinds that were looked for; the ledger's lines of others are left alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What was found, and how long each module is."""

    found: Found
    lines: Mapping[str, int]


def find_imports(
    project: ProjectDescription, folder: Path, *, instead: Mapping[str, bytes] | None = None
) -> Reading:
    """Read every file of a project; `instead` has what is read for some of them."""
    contents = instead or {}
    files = {
        relative_name(file.path, folder): file
        for file in source_files(project.roots, excluded=project.excluded)
    }
    facts = {name: _read(file, contents.get(name)) for name, file in files.items()}
    links: list[Link] = []
    names = Names({file.module: facts[name] for name, file in files.items()})
    for name, file in files.items():
        links.extend(links_of_imports(file.module, name, facts[name].imports, names))
    structure = StructureSource(project, Places(project), folder)
    bare = bare_folders(project.roots, excluded=project.excluded)
    found = Found(
        links=links,
        faults=[
            *structure.bare_folders(bare),
            *structure.strays(files.values()),
            *(
                structure.unreadable(name, one.unreadable_line, files[name].module, one.unreadable)
                for name, one in facts.items()
                if one.unreadable
            ),
        ],
        modules={name: file.module for name, file in files.items()},
        kinds=[IMPORT],
    )
    return Reading(found=found, lines={files[name].module: facts[name].lines for name in files})


def found_in(world: World) -> Reading:
    """Return all that the sources find in a world; what can't be read is a fault.

    How long the modules are is told where all of them are asked for.
    """
    found = list(find_links(world))
    unresolved = [one for one in found if isinstance(one, Unresolved)]
    return Reading(
        found=Found(
            links=[one for one in found if isinstance(one, Link)],
            faults=[*_faults(world), *_unread(world, unresolved)],
            unresolved=[one for one in unresolved if one.kind != FILE],
            modules={world.file(module): module for module in world.modules},
            asked=None if world.asked_files is None else frozenset(world.asked),
        ),
        lines={module: world.facts[module].lines for module in _measured(world)},
    )


def _measured(world: World) -> tuple[str, ...]:
    return world.asked if world.asked_files is None else ()


def _faults(world: World) -> Iterator[Fault]:
    structure = StructureSource(world.description, world.places, world.folder)
    bare = bare_folders(
        world.description.roots, excluded=world.description.excluded, on_error=_leave_out
    )
    yield from structure.bare_folders(bare)
    yield from structure.strays(world.modules.values())


def _unread(world: World, unresolved: Iterable[Unresolved]) -> Iterator[Fault]:
    structure = StructureSource(world.description, world.places, world.folder)
    for one in unresolved:
        if one.kind == FILE:
            yield structure.unreadable(one.file, one.line, one.module, one.reason)


def _leave_out(_error: OSError) -> None:
    """Pass over a folder that the world has named already."""


def _read(file: SourceFile, content: bytes | None) -> FileFacts:
    if content is None:
        return read_file(file)
    return read_source(content, file.module, is_package=file.is_package)
