"""The files of the installed components, as every check that reads them sees them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.files import SourceFile, source_files
from bulkhead.crossings.installed import describe_components
from bulkhead.crossings.places import Place, Places
from bulkhead.crossings.reading.reader import FileFacts, read_file, relative_name


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadFile:
    """A file of a component, its place, and what it says."""

    file: SourceFile
    place: Place
    facts: FileFacts

    @property
    def name(self) -> str:
        """The file as messages show it."""
        return relative_name(self.file.path, Path.cwd())


def components_alone() -> ProjectDescription:
    """Return the components as a project, nothing where BULKHEAD can't be read (bulkhead.E017)."""
    try:
        return describe_components()
    except ImproperlyConfigured:
        return ProjectDescription()


def files_of_components() -> Iterator[ReadFile]:
    """Yield every file of every component; what was read before is not read again."""
    project = components_alone()
    places = Places(project)
    for file in source_files(project.roots):
        yield ReadFile(file=file, place=places.of(file.module), facts=read_file(file))
