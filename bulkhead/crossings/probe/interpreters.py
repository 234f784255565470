"""Finds the Python that a project runs on."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from bulkhead.errors import BulkheadError, listed

FOLDERS = (".venv", "venv", "env")
"""What people call the environment in their project's folder."""

_EXECUTABLES = ("bin/python", "bin/python3", "Scripts/python.exe")


class NoInterpreterError(BulkheadError):
    """There is no Python where one was named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundInterpreter:
    """A Python, and who said so."""

    path: Path
    source: str


def find_interpreter(
    named: Path | None, *, environ: Mapping[str, str], folder: Path, is_inside: bool = False
) -> FoundInterpreter:
    """Return the Python that is named, else that of the active environment, else of the project.

    `is_inside` says that Bulkhead itself was started with the project's: `python -m bulkhead`.
    Where nothing is found, it is the one that runs Bulkhead.
    Raise NoInterpreterError where one is named and isn't there.
    """
    if named is not None:
        return FoundInterpreter(path=_named(named), source="--python")
    own = FoundInterpreter(path=Path(sys.executable), source="the Python that runs Bulkhead")
    return own if is_inside else next(_found(environ, folder), own)


def _found(environ: Mapping[str, str], folder: Path) -> Iterator[FoundInterpreter]:
    active = environ.get("VIRTUAL_ENV")
    if active and (python := _in_environment(Path(active))):
        yield FoundInterpreter(path=python, source="the active environment")
    for around in _up_to_the_repository(folder):
        for name in FOLDERS:
            if python := _in_environment(around / name):
                where = os.path.relpath(around / name, folder)
                yield FoundInterpreter(path=python, source=f"the environment in {where}")


def _up_to_the_repository(folder: Path) -> Iterator[Path]:
    """Yield the folder, and those around it where it is a part of a repository."""
    yield folder
    around = [parent for parent in folder.parents if (parent / ".git").exists()]
    if around and not (folder / ".git").exists():
        yield from (each for each in folder.parents if each.is_relative_to(around[0]))


def _named(named: Path) -> Path:
    if named.is_dir():
        if python := _in_environment(named):
            return python
        msg = (
            f"--python is {named}, a folder without a Python in it. "
            f"Looked for: {listed(_EXECUTABLES)}. "
            f"Name an interpreter, or the folder of a virtual environment."
        )
        raise NoInterpreterError(msg)
    if not named.is_file() or not os.access(named, os.X_OK):
        msg = (
            f"--python is {named}, and no program is there. Name the interpreter that runs the "
            f"project, such as .venv/bin/python, or the folder of its virtual environment."
        )
        raise NoInterpreterError(msg)
    return named.absolute()  # not resolved: a link leads out of its environment


def _in_environment(folder: Path) -> Path | None:
    """Return the Python of a virtual environment, None where it is none."""
    paths = [(folder / name).absolute() for name in _EXECUTABLES]
    return next((path for path in paths if path.is_file()), None)
