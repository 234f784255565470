"""What was read before, kept by content in the user's cache folder.

A key holds all that an answer depends on, so nothing is ever out of date: the content, the name of
the module, and in the folder's name the version of Python and of what reads.
Times of files are not asked for.
One file holds what belongs to one project.
It is replaced as a whole, so that a run that is killed, or a second one beside it, does no harm; a
file whose digest is wrong is taken for none.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import sys
from collections.abc import Callable
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from bulkhead.crossings.kept import keep, kept

_DIGEST = 16
_RUNS_KEPT = 8
"""For how many writing runs an entry is kept that none of them asked for."""


def key_of(*parts: bytes) -> bytes:
    """Return a key that differs where any part does."""
    digest = hashlib.blake2b(digest_size=_DIGEST)
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.digest()


class Cache:
    """Answers by key; those of one project, or for one run where there is no file."""

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self._new: dict[bytes, bytes] = {}
        self._asked: set[bytes] = set()

    @classmethod
    def of_project(cls, project: Path, *, folder: Path) -> Cache:
        """Return the cache of a project, which stands in a folder for all of them."""
        name = key_of(os.fsencode(project.resolve())).hex()
        return cls(folder / _version() / f"{name}.facts")

    def get(self, key: bytes) -> bytes | None:
        """Return what was kept under a key."""
        self._asked.add(key)
        if (found := self._new.get(key)) is not None:
            return found
        entry = self._kept.get(key)
        return None if entry is None else entry[1]

    def put(self, key: bytes, answer: bytes) -> None:
        """Keep an answer."""
        self._asked.add(key)
        self._new[key] = answer

    def plain(self, kind: str, content: bytes, read: Callable[[bytes], Any]) -> Any:
        """Return what `read` makes of a content: strings, numbers and None, in tuples and dicts.

        Named tuples come back as plain ones.
        """
        key = key_of(kind.encode(), content)
        if (answer := self.get(key)) is None:
            answer = marshal.dumps(_plain(read(content)))
            self.put(key, answer)
        return marshal.loads(answer)  # noqa: S302 - what Bulkhead wrote itself, checked by a digest

    def save(self) -> None:
        """Write what is new, where there is a place to write to."""
        if self._file is None or not self._new:
            return
        run = max((last for last, _ in self._kept.values()), default=0) + 1
        entries = {
            key: (run if key in self._asked else last, answer)
            for key, (last, answer) in self._kept.items()
            if key in self._asked or last > run - _RUNS_KEPT
        }
        entries |= {key: (run, answer) for key, answer in self._new.items()}
        content = marshal.dumps(entries)
        keep(self._file, hashlib.blake2b(content, digest_size=_DIGEST).digest() + content)
        self._kept = entries
        self._new = {}

    @cached_property
    def _kept(self) -> dict[bytes, tuple[int, bytes]]:
        if self._file is None:
            return {}
        content = kept(self._file) or b""
        digest, entries = content[:_DIGEST], memoryview(content)[_DIGEST:]
        if hashlib.blake2b(entries, digest_size=_DIGEST).digest() != digest:
            return {}
        return marshal.loads(entries)  # type: ignore[no-any-return]  # noqa: S302


def _plain(answer: Any) -> Any:
    """Return an answer without the names of its tuples."""
    if isinstance(answer, (tuple, list)):
        return tuple(map(_plain, answer))
    if isinstance(answer, dict):
        return {key: _plain(value) for key, value in answer.items()}
    return answer


@cache
def _version() -> str:
    """Return a name that differs for another Python, and for another way of reading."""
    folder = Path(__file__).parent.parent
    contents = [_content(path) for path in sorted(folder.rglob("*.py"))]
    return f"{sys.implementation.cache_tag}-{sys.hexversion:x}-{key_of(*contents).hex()}"


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:  # an editor's own file, gone by now
        return b""
