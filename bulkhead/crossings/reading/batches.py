"""Reads many files at once, on all cores, by processes that know nothing but this package.

They are started anew rather than forked, which is safe whatever threads run here; where the system
refuses to start any, or one fails, this process reads alone.
"""

from __future__ import annotations

import gc
import marshal
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from bulkhead.crossings.reading.cache import key_of
from bulkhead.crossings.reading.facts import AttributeUse, FileFacts
from bulkhead.crossings.reading.reader import not_read, read_source_and_uses
from bulkhead.crossings.reading.stored import packed, packed_uses

_WORTH_A_PROCESS = 400_000
"""So many bytes take longer to read than a process to start."""

_MOST_PROCESSES = 8
_START = "import sys; sys.path.append({folder!r}); from {module} import work; work()"


class Task(NamedTuple):
    """One file to be read."""

    module: str
    path: str
    is_package: bool
    size: int


class Answer(NamedTuple):
    """What was read from one file, as it is kept."""

    module: str
    key: bytes | None
    """None for a file that could not be opened."""

    facts: bytes
    uses_key: bytes
    uses: bytes
    read: tuple[FileFacts, tuple[AttributeUse, ...]] | None = None
    """The same once more, where it was read in this process."""


def read_batch(tasks: Sequence[Task], wanted: frozenset[str]) -> Iterator[Answer]:
    """Yield the answers to all tasks, in no order."""
    own, *others = _shares(tasks)
    with ThreadPoolExecutor(max_workers=max(len(others), 1)) as waiting:
        asked = [(share, waiting.submit(_ask, share, wanted)) for share in others]
        yield from _read(own, wanted)
        for share, answer in asked:
            yield from _answers(answer) or _read(share, wanted)


def facts_key(content: bytes, module: str, *, is_package: bool) -> bytes:
    """Return the key of a file's facts."""
    return key_of(b"facts", content, module.encode(), b"1" if is_package else b"0")


def uses_key(key: bytes, wanted: Iterable[str]) -> bytes:
    """Return the key of the uses of attributes, by the key of the facts."""
    return key_of(b"uses", key, *(name.encode() for name in sorted(wanted)))


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _shares(tasks: Sequence[Task]) -> list[list[Task]]:
    """Divide tasks so that each share takes about as long, the largest files first."""
    total = sum(task.size for task in tasks)
    count = max(1, min(cores(), _MOST_PROCESSES, total // _WORTH_A_PROCESS))
    shares: list[list[Task]] = [[] for _ in range(count)]
    sizes = [0] * count
    for task in sorted(tasks, key=lambda task: (-task.size, task.module)):
        smallest = sizes.index(min(sizes))
        shares[smallest].append(task)
        sizes[smallest] += task.size
    return shares


def _ask(share: list[Task], wanted: frozenset[str]) -> bytes:
    """Let another process read, and return what it says; nothing where there is none."""
    folder = str(Path(__file__).parents[3])
    code = _START.format(folder=folder, module=__name__)
    flags = ["-I", "-S", *(["-B"] if sys.dont_write_bytecode else [])]
    question = marshal.dumps((sorted(wanted), [tuple(task) for task in share]))
    try:
        done = subprocess.run(  # noqa: S603 - this very package
            [sys.executable, *flags, "-c", code], input=question, capture_output=True, check=False
        )
    except (OSError, ValueError):
        return b""
    return b"" if done.returncode else done.stdout


def _answers(asked: Future[bytes]) -> list[Answer]:
    said = asked.result()
    return list(map(Answer._make, marshal.loads(said))) if said else []  # noqa: S302


def work() -> None:
    """Read what standard input asks for, and answer on standard output."""
    wanted, tasks = marshal.loads(sys.stdin.buffer.read())  # noqa: S302 - the parent's question
    answers = _read(map(Task._make, tasks), frozenset(wanted))
    sys.stdout.buffer.write(marshal.dumps([(*answer[:-1], None) for answer in answers]))


def _read(tasks: Iterable[Task], wanted: frozenset[str]) -> Iterator[Answer]:
    with no_collection():
        for task in tasks:
            yield _read_one(task, wanted)


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: what is read leads in no circles, and is much."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _read_one(task: Task, wanted: frozenset[str]) -> Answer:
    try:
        content = Path(task.path).read_bytes()
    except OSError as error:
        return Answer(task.module, None, packed(not_read(error)), b"", packed_uses(()))
    return answer_to(content, task.module, is_package=task.is_package, wanted=wanted)


def answer_to(content: bytes, module: str, *, is_package: bool, wanted: frozenset[str]) -> Answer:
    """Return what a source says, as it is kept."""
    facts, uses = read_source_and_uses(content, module, is_package=is_package, wanted=wanted)
    key = facts_key(content, module, is_package=is_package)
    return Answer(
        module,
        key,
        packed(facts),
        uses_key(key, wanted & facts.attributes),
        packed_uses(uses),
        (facts, uses),
    )
