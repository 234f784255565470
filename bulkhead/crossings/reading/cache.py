"""What was read before, kept by content in the user's cache folder.

A key holds all that an answer depends on, so nothing is ever out of date: the content, the name of
the module, and in the folder's name the version of Python and of what reads.
Times of files are not asked for.
One file holds what belongs to one project.
It is replaced as a whole, so that a run that is killed, or a second one beside it, does no harm; a
file whose digest is wrong is taken for none.
"""

from __future__ import annotations

import contextlib
import hashlib
import marshal
import os
import sys
import tempfile
from collections.abc import Callable, Mapping
from functools import cache, cached_property
from pathlib import Path
from typing import Any

_DIGEST = 16
_RUNS_KEPT = 8
"""For how many writing runs an entry is kept that none of them asked for."""


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path | None:
    """Return where caches are kept; None where the user has no home."""
    if named := environ.get("BULKHEAD_CACHE"):
        return Path(named)
    if base := environ.get("XDG_CACHE_HOME"):
        return Path(base) / "bulkhead"
    with contextlib.suppress(RuntimeError):
        return Path.home() / ".cache" / "bulkhead"
    return None


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
    def of_project(cls, project: Path, *, folder: Path | None) -> Cache:
        """Return the cache of a project, which stands in a folder; without one nothing is kept."""
        if folder is None:
            return cls()
        name = key_of(os.fsencode(project.resolve())).hex()
        return cls(folder / _version() / f"{name}.facts")

    def get(self, key: bytes) -> bytes | None:
        """Return what was kept under a key."""
        self._asked.add(key)
        if (found := self._new.get(key)) is not None:
            return found
        kept = self._kept.get(key)
        return None if kept is None else kept[1]

    def put(self, key: bytes, answer: bytes) -> None:
        """Keep an answer."""
        self._asked.add(key)
        self._new[key] = answer

    def plain(self, kind: str, content: bytes, read: Callable[[bytes], Any]) -> Any:
        """Return what `read` makes of a content: strings, numbers and None, in tuples and dicts.

        Named tuples come back as plain ones.
        """
        key = key_of(kind.encode(), content)
        if (kept := self.get(key)) is None:
            kept = marshal.dumps(_plain(read(content)))
            self.put(key, kept)
        return marshal.loads(kept)  # noqa: S302 - what Bulkhead wrote itself, checked by a digest

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
        with contextlib.suppress(OSError):
            _replace(self._file, marshal.dumps(entries))
            self._kept = entries
            self._new = {}

    @cached_property
    def _kept(self) -> dict[bytes, tuple[int, bytes]]:
        if self._file is None:
            return {}
        try:
            content = self._file.read_bytes()
        except OSError:
            return {}
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


def _replace(file: Path, entries: bytes) -> None:
    """Write a file so that it is there whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".new")
    try:
        with os.fdopen(handle, "wb") as new:
            new.write(hashlib.blake2b(entries, digest_size=_DIGEST).digest())
            new.write(entries)
        Path(name).replace(file)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


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
