"""The Python files of a project, and the folders that an import graph would pass over."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn, TypeAlias

from bulkhead.crossings.description import SourceRoot
from bulkhead.errors import BulkheadError

OnError: TypeAlias = Callable[[OSError], object]

_NO_CODE = frozenset({"__pycache__", "node_modules"})


class UnreadableFolderError(BulkheadError):
    """A folder of the project can't be listed, and what is in it not judged."""

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            f"The folder {folder} can't be read: {reason}. "
            f"Let yourself read it, or move it out of the project's packages."
        )


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


def refuse(error: OSError) -> NoReturn:
    """Raise UnreadableFolderError for a folder that can't be listed."""
    raise UnreadableFolderError(str(error.filename), str(error.strerror)) from error


def source_files(
    roots: Iterable[SourceRoot],
    *,
    excluded: Collection[str] = (),
    on_error: OnError = refuse,
) -> tuple[SourceFile, ...]:
    """Return every module below these roots, each once, sorted by name.

    Links are followed, as Python follows them; a folder that can't be listed is handed to
    `on_error`, and left out where that does not raise.
    Files in a folder without `__init__.py` are among them: Python imports them all the same.
    """
    found = {file.module: file for root in roots for file in _files_of(root, excluded, on_error)}
    return tuple(found[module] for module in sorted(found))


def bare_folders(
    roots: Iterable[SourceRoot],
    *,
    excluded: Collection[str] = (),
    on_error: OnError = refuse,
) -> tuple[BareFolder, ...]:
    """Return the folders below these roots that hold modules and are no package."""
    found = {
        name: BareFolder(module=name, path=folder)
        for root in roots
        for name, folder, files in _walk(root, excluded, on_error)
        if files and "__init__.py" not in files
    }
    return tuple(found[name] for name in sorted(found))


def _files_of(
    root: SourceRoot, excluded: Collection[str], on_error: OnError
) -> Iterator[SourceFile]:
    if root.folder.is_file() and root.package not in excluded:
        yield SourceFile(module=root.package, path=root.folder, is_package=False)
        return
    for package, folder, files in _walk(root, excluded, on_error):
        for file in files:
            is_package = file == "__init__.py"
            yield SourceFile(
                module=package if is_package else f"{package}.{file.removesuffix('.py')}",
                path=folder / file,
                is_package=is_package,
            )


def _walk(
    root: SourceRoot, excluded: Collection[str], on_error: OnError
) -> Iterator[tuple[str, Path, list[str]]]:
    """Yield each package, its folder and the names of its Python files."""
    if root.package in excluded or root.folder.is_file():
        return
    for name, folders, files in os.walk(root.folder, onerror=on_error, followlinks=True):
        folder = Path(name)
        package = ".".join((root.package, *folder.relative_to(root.folder).parts))
        folders[:] = sorted(
            below
            for below in folders
            if _holds_code(below)
            and f"{package}.{below}" not in excluded
            and not _leads_back(folder / below)
        )
        yield package, folder, sorted(filter(_is_code, files))


def _holds_code(folder: str) -> bool:
    return folder not in _NO_CODE and not folder.startswith(".")


def _is_code(file: str) -> bool:
    """Return False also for what editors and systems leave beside a file, such as `._bills.py`."""
    return file.endswith(".py") and not file.startswith(".")


def _leads_back(folder: Path) -> bool:
    """Return whether a link leads to a folder above itself."""
    return folder.is_symlink() and any(map(folder.samefile, folder.parents))
