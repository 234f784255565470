"""Finds an `atomic()` that is not Bulkhead's around a component's transaction, and its line."""

from __future__ import annotations

import ast
import linecache
import sys
import warnings
from dataclasses import dataclass
from functools import lru_cache
from types import FrameType
from typing import TYPE_CHECKING

from django.db.transaction import Atomic

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.db.backends.base.base import BaseDatabaseWrapper


class ForeignTransactionWarning(UserWarning):
    """A component's transaction joined one that somebody else will commit or roll back."""


class ComponentAtomic(Atomic):
    """An `atomic()` that a component opened."""


_warned: dict[str | tuple[str, type[Warning], int], int] = {}
"""Where Python notes what it has said: by default it says it once for each line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """The place where a block was opened."""

    module: str
    filename: str
    line: int


def in_foreign_block(connection: BaseDatabaseWrapper) -> bool:
    """Return whether somebody else's `atomic()` is open here; those of test cases don't count."""
    return any(
        not isinstance(block, ComponentAtomic) and not block._from_testcase  # type: ignore[attr-defined]
        for block in connection.atomic_blocks
    )


def warn_of_foreign_block(connection: BaseDatabaseWrapper, label: str) -> None:
    """Warn, with the line that opened the block; Django's admin is entitled to its own."""
    if not in_foreign_block(connection):
        return
    opening = next(_openings(sys._getframe(1)), None)
    if opening is None:
        opening = Opening(module="", filename="<unknown>", line=0)
    if opening.module.startswith("django.contrib.admin"):
        return
    warnings.warn_explicit(
        f"The transaction of {label!r} joined an atomic() that was opened at "
        f"{opening.filename}:{opening.line}: its work is committed, or lost, when that one ends. "
        f"End the outer block before calling the component, or call it first.",
        ForeignTransactionWarning,
        opening.filename,
        opening.line,
        registry=_warned,
    )


def _openings(frame: FrameType | None) -> Iterator[Opening]:
    while frame is not None:
        module = frame.f_globals.get("__name__", "")
        if module == "contextlib":
            yield from _decorated(frame)
        elif not module.startswith(("bulkhead.", "django.db.")):
            line = _atomic_line(frame.f_code.co_filename, frame.f_lineno)
            if line is not None:
                yield Opening(module=module, filename=frame.f_code.co_filename, line=line)
        frame = frame.f_back


def _decorated(frame: FrameType) -> Iterator[Opening]:
    """Look for `@atomic`, and for a view that ATOMIC_REQUESTS has wrapped."""
    block, function = frame.f_locals.get("self"), frame.f_locals.get("func")
    code = getattr(function, "__code__", None)
    if isinstance(block, Atomic) and not isinstance(block, ComponentAtomic) and code is not None:
        module = getattr(function, "__module__", "")
        yield Opening(module=module, filename=code.co_filename, line=code.co_firstlineno)


@lru_cache(maxsize=1024)
def _atomic_line(filename: str, line: int) -> int | None:
    """Return the line of the innermost `with ...atomic...` that encloses a line of this file."""
    try:
        tree = ast.parse("".join(linecache.getlines(filename)))
    except SyntaxError:
        return None
    enclosing = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.With)
        and node.lineno <= line <= (node.end_lineno or node.lineno)
        and any("atomic" in ast.unparse(item.context_expr) for item in node.items)
    ]
    return max(enclosing, default=None)
