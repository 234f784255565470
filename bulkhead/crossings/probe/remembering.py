"""What a project told last, so that one file can be judged without starting it again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bulkhead.crossings.kept import cache_folder, keep, kept
from bulkhead.crossings.roots import is_below, place_of
from bulkhead.crossings.started import StartedProject


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Whom was asked, and for what: another question has another answer."""

    folder: Path
    python: Path
    settings: str
    """Named ones, and those of the environment; empty for those of `manage.py`."""

    @property
    def file(self) -> Path:
        """Where the answer is kept."""
        parts = (str(self.folder.resolve()), str(self.python), self.settings, _own_version())
        name = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        return cache_folder() / "projects" / f"{name}.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """An answer, and what the files were that it came from."""

    told: Mapping[str, Any]
    digests: Mapping[str, str]

    def outdated(self, folder: Path) -> tuple[str, ...]:
        """Return those of its files, relative to the project, that are different now."""
        return tuple(name for name, was in self.digests.items() if _digest(folder / name) != was)


def remember(question: Question, told: Mapping[str, Any], started: StartedProject) -> None:
    """Keep an answer with the files that it came from: settings, URLs, apps and models."""
    files = sorted({file.relative_to(question.folder) for file in _files(started, question.folder)})
    digests = {file.as_posix(): _digest(question.folder / file) for file in files}
    keep(question.file, json.dumps({"told": told, "digests": digests}).encode())


def recall(question: Question) -> Memory | None:
    """Return what is remembered, None where nothing is."""
    content = kept(question.file)
    if content is None:
        return None
    try:
        memory = json.loads(content)
        return Memory(told=memory["told"], digests=memory["digests"])
    except (ValueError, LookupError, TypeError):  # not whole, or not ours
        return None


def _files(started: StartedProject, folder: Path) -> Iterator[Path]:
    """Yield the files below the project that decide what it tells."""
    yield folder / "manage.py"
    modules = {started.settings_module, *(url.module for url in started.urls)}
    modules |= {model.symbol.rpartition(".")[0] for model in started.models}
    places = [place_of(module, started) for module in modules if module]
    places += [Path(app.path) / "apps.py" for app in started.apps]
    for place in places:
        file = place / "__init__.py" if place is not None and place.is_dir() else place
        if file is not None and file.is_file() and is_below(file, folder):
            yield file


def _digest(file: Path) -> str:
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError:
        return ""


@cache
def _own_version() -> str:
    """Return what changes when another Bulkhead would ask for more."""
    sources = sorted((Path(__file__).parent / "bulkhead_probe").glob("*.py"))
    return hashlib.sha256(b"".join(source.read_bytes() for source in sources)).hexdigest()
