"""How far the reading has come, on a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO, TypeAlias

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

Tell: TypeAlias = Callable[[str, int, int], None]
"""Takes what is done, how much of it is done, and how much there is; the last may grow."""


@contextmanager
def progress_on(stream: TextIO) -> Iterator[Tell]:
    """Yield what shows a bar on this stream, and nothing where it is no terminal.

    The bar is gone when the work is.
    """
    if not stream.isatty():
        yield _silent
        return
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("Starting the project", total=None)

        def tell(what: str, done: int, total: int) -> None:
            bar.update(task, description=what, completed=done, total=total or None)

        yield tell


def _silent(what: str, done: int, total: int) -> None:
    """Say nothing."""
