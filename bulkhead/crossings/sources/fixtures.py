"""Crossings of the kind `fixture`: rows of another component in the fixtures of an app."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TypeAlias

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.sources.seen import Reporter
from bulkhead.crossings.world import World

KIND = "fixture"
FOLDER = "fixtures"

Rows: TypeAlias = tuple[tuple[str, int], ...]
"""The label of each model that has rows, and the line of its first."""

_COMPRESSED = frozenset({".bz2", ".gz", ".lzma", ".xz", ".zip"})
_PART_OF_YAML = re.compile(
    r"^[ ]{0,4}(?:- +)?model: *[\"']?(\w+\.\w+)[\"']? *(?:#.*)?$", re.MULTILINE
)
_PART_OF_XML = re.compile(r"<object\b[^>]*?\bmodel=[\"'](\w+\.\w+)[\"']")
_PART_OF_JSON = re.compile(r"\"model\"\s*:\s*\"(\w+\.\w+)\"")


class _NotReadError(Exception):
    """A fixture can't be read; the reason is its only argument."""


def fixtures(world: World) -> Iterator[Link | Unresolved]:
    """Yield the models of other components that have rows in an app's fixtures, once a file."""
    for app in world.started.apps:
        if world.registry.owner(app.package) is not None:
            for path in _files(Path(app.path) / FOLDER):
                file = world.relative(path)
                if world.is_asked(file):
                    reporter = Reporter(world.places, KIND, file, app.package)
                    yield from _of_file(world, path, reporter)


def _files(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.rglob("*") if path.is_file())


def _of_file(world: World, path: Path, reporter: Reporter) -> Iterator[Link | Unresolved]:
    if path.suffix in _COMPRESSED:
        yield from reporter.unresolved(1, path.name, "it is compressed")
        return
    if (read := _READERS.get(path.suffix)) is None:
        return
    try:
        rows = _rows(world, path, read)
    except _NotReadError as error:
        yield from reporter.unresolved(1, path.name, str(error))
        return
    for label, line in rows:
        if (model := world.registry.by_label(label)) is not None:
            yield from reporter.link(line, model.symbol)


def _rows(world: World, path: Path, read: Callable[[str], Rows]) -> Rows:
    try:
        content = world.instead[path] if path in world.instead else path.read_bytes()
        text = content.decode()
    except OSError as error:
        raise _NotReadError(error.strerror or str(error)) from error
    except UnicodeDecodeError as error:
        msg = "it is not UTF-8"
        raise _NotReadError(msg) from error
    return read(text)


def _of_json(text: str) -> Rows:
    try:
        rows = json.loads(text)
    except (ValueError, RecursionError) as error:
        msg = f"it is no JSON: {error}"
        raise _NotReadError(msg) from error
    labels = {label for row in rows if (label := _label(row))} if isinstance(rows, list) else ()
    return tuple(one for one in _first_lines(_PART_OF_JSON, text) if one[0] in labels)


def _of_lines_of_json(text: str) -> Rows:
    found: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        for label, _ in _of_json(f"[{line}]"):
            found.setdefault(label, number)
    return tuple(found.items())


def _label(row: object) -> str:
    label = row.get("model") if isinstance(row, dict) else None
    return label if isinstance(label, str) else ""


def _of_yaml(text: str) -> Rows:
    """Read what `dumpdata` writes; where no row is told that way, none is guessed at."""
    rows = _first_lines(_PART_OF_YAML, text)
    if not rows and text.strip():
        msg = "its YAML is not laid out as dumpdata does"
        raise _NotReadError(msg)
    return rows


def _of_xml(text: str) -> Rows:
    return _first_lines(_PART_OF_XML, text)


def _first_lines(part: re.Pattern[str], text: str) -> Rows:
    found: dict[str, int] = {}
    for match in part.finditer(text):
        found.setdefault(match[1], text.count("\n", 0, match.start(1)) + 1)
    return tuple(found.items())


_READERS: Mapping[str, Callable[[str], Rows]] = {
    ".json": _of_json,
    ".jsonl": _of_lines_of_json,
    ".xml": _of_xml,
    ".yaml": _of_yaml,
    ".yml": _of_yaml,
}
