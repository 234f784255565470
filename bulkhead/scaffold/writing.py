"""Writes whole folders or nothing."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path


def write_folders(folders: Mapping[Path, Mapping[str, str]]) -> None:
    """Write each folder with its files, by path and text; none of them may exist.

    Everything is written beside its place first and then moved there.
    A failure on the way takes back what has been moved, and is raised.
    """
    moved: list[Path] = []
    try:
        for folder, texts in folders.items():
            moved.append(_write_folder(folder, texts))
    except BaseException:
        for place in moved:
            shutil.rmtree(place)
        raise


def _write_folder(folder: Path, texts: Mapping[str, str]) -> Path:
    """Write a folder, and the packages above it that are missing, and return the topmost new."""
    top = folder
    while not top.parent.exists():
        top = top.parent
    with tempfile.TemporaryDirectory(dir=top.parent, prefix=".startcomponent-") as beside:
        staged = Path(beside) / top.name
        inner = staged / folder.relative_to(top)
        for path, text in texts.items():
            place = inner / path
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        _make_packages(staged, inner)
        staged.rename(top)
    return top


def _make_packages(top: Path, folder: Path) -> None:
    while folder != top:
        folder = folder.parent
        (folder / "__init__.py").write_text('"""The components."""\n', encoding="utf-8")
