"""What is wrong with a project's folders and files, whatever they import."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bulkhead.conf import DEFAULT_EDGES
from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.files import BareFolder, SourceFile
from bulkhead.crossings.places import Kind, Place, Places
from bulkhead.crossings.reading.reader import relative_name
from bulkhead.crossings.records import Explanation


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A file or folder that no rule about imports can judge."""

    file: str
    line: int
    component: str | None
    what: str
    """What happened, to which thing; a sentence without its file."""

    explanation: Explanation


class StructureSource:
    """Finds the files and folders that would slip through the rules."""

    def __init__(self, project: ProjectDescription, places: Places, base: Path) -> None:
        self._project = project
        self._places = places
        self._base = base

    def bare_folders(self, folders: Iterable[BareFolder]) -> Iterator[Fault]:
        """Yield the folders of components and the shared kernel that miss their `__init__.py`."""
        for folder in folders:
            place = self._places.of(folder.module)
            if not self._has_layers(place) and place.kind is not Kind.SHARED_KERNEL:
                continue
            name = relative_name(folder.path, self._base)
            yield Fault(
                file=name,
                line=1,
                component=place.component,
                what="This folder has Python files and no __init__.py.",
                explanation=Explanation(
                    rule="packages",
                    sentence="Import graphs pass over a folder without __init__.py in silence.",
                    possible="a package, or a folder without Python files",
                    way_out=f"Add {name}/__init__.py.",
                ),
            )

    def strays(self, files: Iterable[SourceFile]) -> Iterator[Fault]:
        """Yield the modules of components that belong to no layer, a package once for all."""
        seen = set()
        for file in files:
            place = self._places.of(file.module)
            if place.kind is not Kind.NOWHERE:
                continue
            label = str(place.component)
            module = self._first_below(file.module, label)
            if module not in seen:
                seen.add(module)
                yield self._stray(file, module, label)

    def unreadable(self, file: str, line: int, module: str, reason: str) -> Fault:
        """Return the fault of a file that can't be read."""
        return Fault(
            file=file,
            line=line,
            component=self._places.of(module).component,
            what=f"This file can't be read: {reason}.",
            explanation=Explanation(
                rule="readable",
                sentence="What can't be read can't be judged.",
                possible="a file that this version of Python can parse",
                way_out="Mend or remove the file.",
            ),
        )

    def _has_layers(self, place: Place) -> bool:
        label = place.component
        return label is not None and self._project.component(label).layered

    def _stray(self, file: SourceFile, module: str, label: str) -> Fault:
        edges = ", ".join(self._project.edges)
        name = module.rpartition(".")[2]
        return Fault(
            file=relative_name(file.path, self._base),
            line=1,
            component=label,
            what=f"The module {module} belongs to no layer of {label}.",
            explanation=Explanation(
                rule="somewhere",
                sentence="Every module of a component belongs to a layer, an edge, apps or tests.",
                possible=f"domain, db, service, public; {edges}; apps, tests",
                way_out=f"Move it into one of these, or {self._way_to_an_edge(name)}.",
            ),
        )

    def _way_to_an_edge(self, name: str) -> str:
        if self._project.edges != DEFAULT_EDGES:
            return f'add "{name}" to BULKHEAD["EDGES"]'
        return (
            f'set BULKHEAD["EDGES"] to (*DEFAULT_EDGES, "{name}"), '
            f"with DEFAULT_EDGES from bulkhead.conf"
        )

    def _first_below(self, module: str, label: str) -> str:
        packages = self._project.component(label).packages
        package = max((one for one in packages if module.startswith(f"{one}.")), key=len)
        return f"{package}.{module.removeprefix(f'{package}.').partition('.')[0]}"
