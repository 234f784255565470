"""Reads one file, once for every source of crossings."""

from __future__ import annotations

import ast
import hashlib
import warnings
from pathlib import Path

from bulkhead.crossings.files import SourceFile
from bulkhead.crossings.reading.collecting import Collection
from bulkhead.crossings.reading.facts import AttributeUse, FileFacts

__all__ = ["FileFacts", "read_file", "read_source", "read_source_and_uses", "relative_name"]


def read_file(file: SourceFile) -> FileFacts:
    """Return what a file says; one that can't be read says why."""
    try:
        content = file.path.read_bytes()
    except OSError as error:
        return not_read(error)
    return read_source(content, file.module, is_package=file.is_package)


def not_read(error: OSError) -> FileFacts:
    """Return the facts of a file that the system does not give."""
    return FileFacts(unreadable=error.strerror or str(error))


def read_source(content: bytes, module: str, *, is_package: bool) -> FileFacts:
    """Return what a source says; the same content is read once in a process."""
    key = hashlib.sha256(content).digest(), module, is_package
    if (facts := _read_before.get(key)) is None:
        facts, _ = read_source_and_uses(content, module, is_package=is_package)
        _read_before[key] = facts
    return facts


_read_before: dict[tuple[bytes, str, bool], FileFacts] = {}


def read_source_and_uses(
    content: bytes, module: str, *, is_package: bool, wanted: frozenset[str] = frozenset()
) -> tuple[FileFacts, tuple[AttributeUse, ...]]:
    """Return what a source says, and the uses of the attributes that are wanted."""
    try:
        tree = parse(content)
    except SyntaxError as error:
        return FileFacts(unreadable=error.msg, unreadable_line=error.lineno or 1), ()
    except (ValueError, RecursionError, MemoryError) as error:
        return FileFacts(unreadable=str(error) or type(error).__name__), ()
    collection = Collection(tree, module, is_package=is_package, wanted=wanted)
    try:
        return collection.facts(content), collection.uses()
    finally:
        collection.close()


def parse(content: bytes) -> ast.Module:
    """Return the tree of a source, without a word about old escapes."""
    with warnings.catch_warnings(action="ignore"):
        return ast.parse(content)


def relative_name(path: Path, base: Path) -> str:
    """Return a file's name as reports show it: relative to the project where it is in there."""
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        return path.as_posix()
