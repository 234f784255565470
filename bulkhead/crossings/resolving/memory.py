"""Keeps answers that depend on each other, so that the order of questions changes none."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")

_DEEPEST = 120


class Memory(Generic[Key, Answer]):
    """Answers each question once.

    A question that comes up again while it is being answered gets the blank; what was found with
    the help of that is only kept until the outer question is answered.
    """

    def __init__(self, answer: Callable[[Key], Answer], blank: Callable[[], Answer]) -> None:
        self._answer = answer
        self._blank = blank
        self._kept: dict[Key, Answer] = {}
        self._open: dict[Key, int] = {}
        self._partial: dict[Key, tuple[Answer, int]] = {}
        self._lowest = _DEEPEST
        """The outermost open question that a blank was given for since the last one began."""

    def __call__(self, key: Key) -> Answer:
        """Return the answer."""
        if key in self._kept:
            return self._kept[key]
        if (partial := self._partial.get(key)) is not None:
            self._lowest = min(self._lowest, partial[1])
            return partial[0]
        if key in self._open or len(self._open) >= _DEEPEST:
            self._lowest = min(self._lowest, self._open.get(key, 0))
            return self._blank()
        return self._asked(key)

    def _asked(self, key: Key) -> Answer:
        outer, self._lowest = self._lowest, _DEEPEST
        depth = self._open[key] = len(self._open)
        try:
            found = self._answer(key)
        finally:
            del self._open[key]
        if self._lowest >= depth:
            self._kept[key] = found
            self._lowest = outer
            self._forget(depth)
        else:
            self._partial[key] = found, self._lowest
            self._lowest = min(outer, self._lowest)
        return found

    def _forget(self, depth: int) -> None:
        """Drop what was found with the help of a question that is answered now."""
        if self._partial:
            self._partial = {key: found for key, found in self._partial.items() if found[1] < depth}
