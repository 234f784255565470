"""Text for terminals, wide and narrow, and for files."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from bulkhead.adoption.words import printable

IN_A_FILE = 100
"""How wide text is that no terminal shows."""

_NARROW = 76


@dataclass(frozen=True, slots=True)
class Signs:
    """What stands between names: arrows, where they can be written."""

    to: str = "→"
    both: str = "⇄"
    dot: str = " · "


_PLAIN = Signs("->", "<->", ", ")


class Terminal:
    """Where a report is written; names in it are text, never markup."""

    def __init__(self, out: TextIO, width: int | None = None) -> None:
        self._out = out
        self._console = Console(
            file=out,
            width=width or _width(out),
            markup=False,
            highlight=False,
            emoji=False,
            legacy_windows=False,
        )
        self.signs = Signs() if _can_write(out, "→⇄·") else _PLAIN

    @property
    def is_narrow(self) -> bool:
        """Whether a row needs more than one line."""
        return self._console.width < _NARROW

    def title(self, text: str) -> None:
        """Write the first line."""
        self._write(Text(printable(text), style="bold"))

    def heading(self, text: str) -> None:
        """Write what the next rows are, an empty line above."""
        self._write(Text(f"\n{printable(text)}", style="bold cyan"))

    def line(self, text: str, style: str = "") -> None:
        """Write a sentence, folded where it is too long, and indented."""
        self._write(Padding(Text(printable(text), style=style), (0, 0, 0, 2)))

    def rows(self, rows: Iterable[Sequence[str]], styles: Sequence[str] = ()) -> None:
        """Write rows in columns; on a narrow terminal one cell below the other."""
        held = [[printable(cell) for cell in row] for row in rows]
        if self.is_narrow:
            for row in held:
                self._flow([cell for cell in row if cell])
        elif held:
            self._write(Padding(_grid(held, styles), (0, 0, 0, 2)))

    def items(self, items: Iterable[str]) -> None:
        """Write short things one after the other; none is broken at the end of a line."""
        lines = [""]
        for item in map(printable, items):
            longer = f"{lines[-1]}{self.signs.dot}{item}" if lines[-1] else item
            if len(longer) + 2 <= self._console.width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(item)
        for line in lines:
            self._write(Text(f"  {line}"), is_folded=False)

    def places(self, rows: Iterable[Sequence[str]], styles: Sequence[str] = ()) -> None:
        """Write rows whose cells are never folded; too long ones on two lines: the last below."""
        held = [[printable(cell) for cell in row] for row in rows]
        widths = [max(map(len, column)) for column in zip(*held, strict=True)]
        if sum(widths) + 2 * len(widths) <= self._console.width:
            self.rows(held, styles)
            return
        for *first, last in held:
            self._write(Text(f"  {'  '.join(first)}"), is_folded=False)
            self._write(Text(f"      {last}", style="dim"), is_folded=False)

    def command(self, command: str, reason: str) -> None:
        """Write what to type, never folded, and below it why."""
        self._write(Text(f"  {printable(command)}", style="green"), is_folded=False)
        self._write(Padding(Text(printable(reason), style="dim"), (0, 0, 0, 6)))

    def _flow(self, cells: Sequence[str]) -> None:
        """Write cells beside each other as long as there is room, else below."""
        line, *others = cells
        indent = 2
        for cell in others:
            if indent + len(line) + len(cell) + 2 <= self._console.width:
                line = f"{line}  {cell}"
            else:
                self._write(Padding(Text(line), (0, 0, 0, indent)))
                line, indent = cell, 6
        self._write(Padding(Text(line), (0, 0, 0, indent)))

    def _write(self, what: Text | Padding, *, is_folded: bool = True) -> None:
        with self._console.capture() as captured:
            self._console.print(what, soft_wrap=not is_folded)
        text = "\n".join(line.rstrip(" ") for line in captured.get().split("\n"))
        encoding = getattr(self._out, "encoding", None) or "utf-8"
        self._out.write(text.encode(encoding, "backslashreplace").decode(encoding))


def _grid(rows: Sequence[Sequence[str]], styles: Sequence[str]) -> Table:
    """Return a table without lines; a style that starts with `>` puts numbers below each other."""
    table = Table.grid(padding=(0, 2))
    for number in range(len(rows[0])):
        style = styles[number] if number < len(styles) else ""
        table.add_column(
            style=style.lstrip(">"),
            justify="right" if style.startswith(">") else "left",
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    return table


def _width(out: TextIO) -> int | None:
    """Return how wide to write; None asks the terminal."""
    return None if out.isatty() or "COLUMNS" in os.environ else IN_A_FILE


def _can_write(out: TextIO, signs: str) -> bool:
    try:
        signs.encode(getattr(out, "encoding", None) or "utf-8")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
