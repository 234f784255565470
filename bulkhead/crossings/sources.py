"""The Python files of a project, and the folders that an import graph would pass over."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bulkhead.crossings.description import SourceRoot

_NO_CODE = frozenset({"__pycache__", "node_modules"})


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class SourceFile:
    """One module, and its file."""

    module: str
    path: Path
    is_package: bool


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class BareFolder:
    """A folder with Python files and no `__init__.py`."""

    module: str
    path: Path


def source_files(
    roots: Iterable[SourceRoot], *, excluded: Collection[str] = ()
) -> tuple[SourceFile, ...]:
    """Return every module below these roots, each once, sorted by name.

    Files in a folder without `__init__.py` are among them: Python imports them all the same.
    """
    found = {file.module: file for root in roots for file in _files_of(root, excluded)}
    return tuple(found[module] for module in sorted(found))


def bare_folders(
    roots: Iterable[SourceRoot], *, excluded: Collection[str] = ()
) -> tuple[BareFolder, ...]:
    """Return the folders below these roots that hold modules and are no package."""
    found = {
        name: BareFolder(module=name, path=folder)
        for root in roots
        for name, folder, files in _walk(root, excluded)
        if "__init__.py" not in files and any(file.endswith(".py") for file in files)
    }
    return tuple(found[name] for name in sorted(found))


def _files_of(root: SourceRoot, excluded: Collection[str]) -> Iterator[SourceFile]:
    for package, folder, files in _walk(root, excluded):
        for file in files:
            if not file.endswith(".py"):
                continue
            is_package = file == "__init__.py"
            yield SourceFile(
                module=package if is_package else f"{package}.{file.removesuffix('.py')}",
                path=folder / file,
                is_package=is_package,
            )


def _walk(root: SourceRoot, excluded: Collection[str]) -> Iterator[tuple[str, Path, list[str]]]:
    for name, folders, files in os.walk(root.folder):
        folders[:] = sorted(
            folder for folder in folders if folder not in _NO_CODE and not folder.startswith(".")
        )
        folder = Path(name)
        below = folder.relative_to(root.folder).parts
        package = ".".join((root.package, *below))
        if package in excluded:
            folders.clear()
        else:
            yield package, folder, sorted(files)
