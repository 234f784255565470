"""The facts of all files of a project: each read when it is asked for, or all at once."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from bulkhead.crossings.files import SourceFile
from bulkhead.crossings.reading.batches import (
    Answer,
    Task,
    answer_to,
    facts_key,
    no_collection,
    read_batch,
    uses_key,
)
from bulkhead.crossings.reading.cache import Cache
from bulkhead.crossings.reading.facts import AttributeUse, FileFacts
from bulkhead.crossings.reading.reader import not_read
from bulkhead.crossings.reading.stored import unpacked, unpacked_uses

Tell: TypeAlias = Callable[[str, int, int], None]
"""Takes what is done, how much of it, and of how much."""


class ProjectFacts(Mapping[str, FileFacts]):
    """Facts by the name of the module."""

    def __init__(
        self,
        files: Mapping[str, SourceFile],
        *,
        cache: Cache,
        wanted: frozenset[str] = frozenset(),
        instead: Mapping[Path, bytes] | None = None,
    ) -> None:
        self._files = files
        self._cache = cache
        self._wanted = wanted
        """The names of attributes whose uses are read along with the rest."""
        self._instead = instead or {}
        """What is to be read in place of a file's own content."""
        self._facts: dict[str, FileFacts] = {}
        self._uses: dict[str, tuple[AttributeUse, ...]] = {}

    def __getitem__(self, module: str) -> FileFacts:
        """Return the facts of a module; one whose file can't be read says why."""
        if (facts := self._facts.get(module)) is None:
            file = self._files[module]
            if not self._is_kept(file):
                self._read(file, self._wanted)
            facts = self._facts[module]
        return facts

    def __iter__(self) -> Iterator[str]:
        """Go through the modules in their order."""
        return iter(self._files)

    def __len__(self) -> int:
        """Return how many modules there are."""
        return len(self._files)

    def __contains__(self, module: object) -> bool:
        """Return whether there is such a module, without reading it."""
        return module in self._files

    def attribute_uses(self, module: str, wanted: frozenset[str]) -> tuple[AttributeUse, ...]:
        """Return where a module uses attributes of these names, by line."""
        asked = wanted & self[module].attributes
        if not asked:
            return ()
        if asked <= self._wanted:
            return tuple(use for use in self._uses[module] if use.name in asked)
        return self._read_uses(self._files[module], asked)

    def read_all(self, tell: Tell | None = None) -> None:
        """Read every file that was not read before, on all cores."""
        with no_collection():
            self._read_all(tell)
            gc.freeze()  # facts are many, live as long as the run, and lead in no circles

    def _read_all(self, tell: Tell | None) -> None:
        missing = [
            file
            for file in self._files.values()
            if file.module not in self._facts and not self._is_kept(file)
        ]
        tasks = [
            Task(file.module, str(file.path), file.is_package, _size(file.path))
            for file in missing
            if file.path not in self._instead
        ]
        done = len(self._files) - len(tasks)
        for number, answer in enumerate(read_batch(tasks, self._wanted), start=done + 1):
            self._take(answer)
            if tell is not None:
                tell("Reading", number, len(self._files))

    def _is_kept(self, file: SourceFile) -> bool:
        """Take what the cache has of a file, and return whether that is all."""
        try:
            content = self._content(file)
        except OSError:
            return False
        key = facts_key(content, file.module, is_package=file.is_package)
        if (kept := self._cache.get(key)) is None:
            return False
        facts = unpacked(kept)
        uses: tuple[AttributeUse, ...] = ()
        if asked := self._wanted & facts.attributes:
            if (kept := self._cache.get(uses_key(key, asked))) is None:
                return False
            uses = unpacked_uses(kept)
        self._facts[file.module], self._uses[file.module] = facts, uses
        return True

    def _read(self, file: SourceFile, wanted: frozenset[str]) -> None:
        try:
            content = self._content(file)
        except OSError as error:
            self._facts[file.module], self._uses[file.module] = not_read(error), ()
            return
        self._take(answer_to(content, file.module, is_package=file.is_package, wanted=wanted))

    def _read_uses(self, file: SourceFile, asked: frozenset[str]) -> tuple[AttributeUse, ...]:
        """Return uses that nobody asked for before; the facts were read, so the file was."""
        try:
            content = self._content(file)
        except OSError:
            return ()
        key = uses_key(facts_key(content, file.module, is_package=file.is_package), asked)
        if (kept := self._cache.get(key)) is None:
            answer = answer_to(content, file.module, is_package=file.is_package, wanted=asked)
            kept = answer.uses
            self._cache.put(key, kept)
        return unpacked_uses(kept)

    def _take(self, answer: Answer) -> None:
        facts, uses = answer.read or (unpacked(answer.facts), unpacked_uses(answer.uses))
        self._facts[answer.module], self._uses[answer.module] = facts, uses
        if answer.key is not None:
            self._cache.put(answer.key, answer.facts)
            self._cache.put(answer.uses_key, answer.uses)

    def _content(self, file: SourceFile) -> bytes:
        instead = self._instead.get(file.path)
        return file.path.read_bytes() if instead is None else instead


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
