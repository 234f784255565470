"""What the sources along models look at."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Protocol

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import AttributeUse, FileFacts
from bulkhead.crossings.registry import Registry
from bulkhead.crossings.resolving.types import Typing
from bulkhead.crossings.started import StartedProject


class View(Protocol):
    """A project, its files, and which of them are asked about."""

    @property
    def started(self) -> StartedProject:
        """What the started project knows."""

    @property
    def registry(self) -> Registry:
        """Its models."""

    @property
    def types(self) -> Typing:
        """What terms stand for."""

    @property
    def facts(self) -> Mapping[str, FileFacts]:
        """What is in each module."""

    @property
    def asked(self) -> tuple[str, ...]:
        """The modules that are asked about, sorted."""

    @property
    def asked_files(self) -> frozenset[str] | None:
        """The files that are asked about, relative to the project; None for all."""

    def file(self, module: str, /) -> str:
        """Return the file of a module, relative to the project."""

    def relative(self, path: Path, /) -> str:
        """Return how reports name a file."""

    def read_attributes(self, module: str, wanted: frozenset[str], /) -> tuple[AttributeUse, ...]:
        """Return where a module uses attributes of these names."""


class Site:
    """A module that links begin in."""

    def __init__(self, view: View, module: str, kind: str) -> None:
        self.module = module
        self.owner = view.registry.owner(module)
        self.facts = view.facts[module]
        self._file = view.file(module)
        self._kind = kind

    def link(self, line: int, symbol: str) -> Link:
        """Return a link that begins at a line."""
        return Link(file=self._file, line=line, module=self.module, kind=self._kind, symbol=symbol)

    def unresolved(self, line: int, text: str, reason: str) -> Unresolved:
        """Return what can't be told at a line."""
        return Unresolved(
            file=self._file,
            line=line,
            module=self.module,
            kind=self._kind,
            text=text,
            reason=reason,
        )
