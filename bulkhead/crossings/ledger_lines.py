"""The lines of one file of the ledger, read and written; the same entries give the same bytes."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeAlias

from bulkhead.crossings.kinds import KINDS
from bulkhead.errors import BulkheadError

Key: TypeAlias = tuple[str, str, str]
"""Kind, module and symbol: what a crossing is recognised by."""

_EXAMPLE = (
    "import components.invoicing.service.reports components.contracting.db.models.ContractRow 2 "
    "until contracting offers the sum"
)
_COLUMNS = 4
_ESCAPED = re.compile(r"%([0-9A-F]{2})")
_TO_ESCAPE = re.compile(r"[%\s]")


class LedgerError(BulkheadError):
    """A line of the ledger can't be read."""

    def __init__(self, file: Path, line: int, problem: str, way_out: str) -> None:
        super().__init__(f"{file.as_posix()}:{line}: {problem} {way_out}")
        self.file = file
        self.line = line


class LedgerNotWrittenError(BulkheadError):
    """A file of the ledger could not be written."""

    def __init__(self, file: Path, error: OSError) -> None:
        super().__init__(
            f"{file.as_posix()} can't be written: {error.strerror}. "
            f"Let yourself write there, and run the command again: what is written already stays."
        )


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Entry:
    """One line: so many crossings of one kind, from one module to one name."""

    kind: str
    module: str
    symbol: str
    count: int
    reason: str = ""
    until: date | None = field(default=None, compare=False)
    """The day from which it is no excuse any more."""

    link: str = field(default="", compare=False)
    file: Path = field(default=Path(), compare=False)
    line: int = field(default=0, compare=False)

    @property
    def key(self) -> Key:
        """What a crossing is recognised by."""
        return self.kind, self.module, self.symbol

    def written(self) -> str:
        """Return the line."""
        columns = [self.kind, self.module, _TO_ESCAPE.sub(_escaped, self.symbol), str(self.count)]
        if self.until is not None:
            columns.append(f"until={self.until}")
        if self.link:
            columns.append(f"link={self.link}")
        return " ".join([*columns, *([self.reason] if self.reason else [])])


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerFile:
    """What stands in one file."""

    entries: tuple[Entry, ...] = ()
    remarks: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    """The remarks above each entry."""

    last: tuple[str, ...] = ()
    """The remarks below all entries."""


def read_lines(file: Path) -> LedgerFile:
    """Return what a file says, or raise LedgerError for a line that can't be read."""
    entries: list[Entry] = []
    remarks: dict[Key, tuple[str, ...]] = {}
    waiting: list[str] = []
    for number, line in enumerate(_text_of(file).splitlines(), start=1):
        if line.startswith("#"):
            waiting.append(line.rstrip())
        elif line.strip():
            entry = _entry(file, number, line)
            entries.append(entry)
            remarks[entry.key] = tuple(waiting)
            waiting = []
    return LedgerFile(entries=tuple(entries), remarks=remarks, last=tuple(waiting))


def write_lines(file: Path, entries: Iterable[Entry]) -> None:
    """Write the entries, sorted, under the remarks that stand there; nothing where none is left.

    A file that says the same already is not touched.
    """
    before = read_lines(file) if file.exists() else LedgerFile()
    text = "".join(f"{line}\n" for line in _lines(entries, before))
    try:
        _write(file, text)
    except OSError as error:
        raise LedgerNotWrittenError(file, error) from error


def _lines(entries: Iterable[Entry], before: LedgerFile) -> Iterator[str]:
    for entry in sorted(entries, key=lambda one: one.key):
        yield from before.remarks.get(entry.key, ())
        yield entry.written()
    yield from before.last


def _write(file: Path, text: str) -> None:
    if not text:
        file.unlink(missing_ok=True)
        return
    content = text.encode()
    if file.exists() and file.read_bytes() == content:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        beside.write_bytes(content)
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)


def _text_of(file: Path) -> str:
    try:
        content = file.read_bytes()
    except OSError as error:
        problem = f"This can't be read: {error.strerror}."
        raise LedgerError(file, 1, problem, "Make it a file that you may read.") from error
    try:
        return content.decode("utf-8-sig")  # an editor may have put a mark before the text
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise LedgerError(file, line, "This is no UTF-8.", "Save the file as UTF-8.") from error


def _entry(file: Path, number: int, line: str) -> Entry:
    kind, module, symbol, count, *rest = [*line.split(maxsplit=_COLUMNS), "", "", "", ""][:5]
    if not re.fullmatch(r"[0-9]+", count) or int(count) == 0:
        problem = "A line is kind, module, name, count and reason, divided by spaces."
        raise LedgerError(file, number, problem, f"Write it as: {_EXAMPLE}")
    _require_kind(file, number, kind)
    until, reason = _option("until", rest[0] if rest else "")
    link, reason = _option("link", reason)
    return Entry(
        kind=kind,
        module=module,
        symbol=_ESCAPED.sub(_unescaped, symbol),
        count=int(count),
        reason=reason,
        until=_day(file, number, until) if until else None,
        link=link,
        file=file,
        line=number,
    )


def _require_kind(file: Path, number: int, kind: str) -> None:
    if kind not in KINDS:
        problem = f"There is no kind of crossing {kind!r}."
        raise LedgerError(file, number, problem, f"Write one of: {', '.join(KINDS)}.")


def _option(name: str, rest: str) -> tuple[str, str]:
    """Return what the first word gives for a name, and the rest of the line."""
    first, _, others = rest.strip().partition(" ")
    if not first.startswith(f"{name}="):
        return "", rest.strip()
    return first.removeprefix(f"{name}="), others.strip()


def _day(file: Path, number: int, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        problem = f"until={text} is no day."
        raise LedgerError(file, number, problem, "Write it as: until=2027-03-31") from None


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode())


def _unescaped(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
