"""Follows a page word for word: writes what it says to write, and runs what it says to run."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path
from textwrap import indent
from urllib.error import URLError
from urllib.request import urlopen

from tests.docs.blocks import Block
from tests.docs.environments import in_bash

_WHERE = re.compile(r'(?P<path>\S+)(?: \((?P<how>[^"]+?)(?: "(?P<line>.+)")?\))?')
_PATIENCE = 60
"""Seconds until a server answers."""


@dataclass(slots=True, kw_only=True)
class Reader:
    """Someone in a folder, with an environment; remembers what was said and written last."""

    folder: Path
    environment: Mapping[str, str]
    said: str = ""
    last_texts: dict[Path, str] = field(default_factory=dict)

    def follow(self, block: Block) -> None:
        """Do what a block says."""
        match block.language:
            case "sh":
                self._run(block)
            case "text":
                self._compare(block)
            case _:
                self._write(block)

    def _run(self, block: Block) -> None:
        if block.caption.startswith("Leave it running"):
            self._try_server(block)
            return
        done = in_bash(block.text, folder=self.folder, environment=self.environment)
        self.said = done.stdout.expandtabs(4)
        assert (done.returncode != 0) == (block.caption == "This fails"), _at(block, self.said)

    def _try_server(self, block: Block) -> None:
        with self._server(block):
            _wait_for(block.caption.rpartition(" ")[2])

    @contextmanager
    def _server(self, block: Block) -> Iterator[None]:
        process = subprocess.Popen(  # noqa: S603 - from our own pages
            ["/bin/bash", "-c", block.text],
            cwd=self.folder,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        try:
            yield
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(timeout=_PATIENCE)

    def _compare(self, block: Block) -> None:
        fits = OutputChecker().check_output(block.text, self.said, ELLIPSIS)
        assert fits, _at(block, f"The page says:\n{block.text}\nIt is:\n{self.said}")

    def _write(self, block: Block) -> None:
        where = _WHERE.fullmatch(block.caption)
        assert where, _at(block, f"The caption says no place: {block.caption!r}")
        path = self.folder / where["path"]
        if where["how"] is None:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(block.text, encoding="utf-8")
            return
        before = path.read_text(encoding="utf-8")
        anchor = where["line"] and _line_of(before, where["line"], block)
        text = indent(block.text, _indentation(anchor or ""))
        after = self._changes(path, anchor)[where["how"]](before, text)
        self.last_texts[path] = text
        path.write_text(after, encoding="utf-8")

    def _changes(self, path: Path, anchor: str | None) -> dict[str, Callable[[str, str], str]]:
        """Return what may stand in brackets after a path, and what it does with its text."""
        last = self.last_texts.get(path, "")
        return {
            "at the end": lambda before, text: f"{before}\n\n{text}",
            "in place of the last block": lambda before, text: _replaced(before, last, text),
            "after": lambda before, text: _replaced(before, f"{anchor}\n", f"{anchor}\n{text}"),
            "in place of": lambda before, text: _replaced(before, f"{anchor}\n", text),
            "as it was written": _unchanged,
        }


def _line_of(text: str, stripped: str, block: Block) -> str:
    lines = [line for line in text.splitlines() if line.strip() == stripped]
    assert len(lines) == 1, _at(block, f"{len(lines)} lines read {stripped!r}:\n{text}")
    return lines[0]


def _indentation(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _replaced(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in:\n{text}"
    return text.replace(old, new)


def _unchanged(text: str, part: str) -> str:
    assert part in text, f"The page shows:\n{part}\nThe file has:\n{text}"
    return text


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + _PATIENCE
    while True:
        try:
            with urlopen(url, timeout=_PATIENCE) as answer:  # noqa: S310 - from our own pages
                assert answer.status == 200
                return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)


def _at(block: Block, what: str) -> str:
    return f"The block in line {block.line}:\n{block.text}\n{what}"
