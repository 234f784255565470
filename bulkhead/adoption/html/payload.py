"""The lines behind the cells, packed so that thousands of them fit into a page."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import takewhile

from bulkhead.adoption.findings import Findings
from bulkhead.adoption.pairs import Pair, binds, kind_rank
from bulkhead.crossings.records import Crossing

MOST_LINES = 30_000
"""Past so many the pairs with the most lines keep their first ones; all are counted."""


def packed(findings: Findings, most: int = MOST_LINES) -> str:
    """Return the pairs and their lines as JSON that can stand in a page.

    `pairs` has consumer, provider and the lines of each; a line is the numbers of its kind and
    flags, file, line and symbol; `rest` counts the lines that are left out, by kind and flags.
    """
    between = findings.between
    kinds = sorted({one.kind for one in between}, key=kind_rank)
    files = sorted({one.origin.file for one in between})
    symbols = sorted({one.target.symbol for one in between})
    packing = _Packing(kinds, files, symbols, cap=_cap(findings.pairs, most))
    place = {label: number for number, label in enumerate(findings.arrangement.order)}
    data = {
        "labels": list(findings.arrangement.order),
        "kinds": kinds,
        "files": front_coded(files),
        "symbols": front_coded(symbols),
        "pairs": [
            [place[pair.consumer], place[pair.provider], *packing.lines_of(pair)]
            for pair in findings.pairs
        ],
    }
    return _safe(json.dumps(data, separators=(",", ":"), ensure_ascii=False))


def front_coded(texts: Iterable[str]) -> list[int | str]:
    """Return sorted texts, each as what it shares with the one before, and what it adds."""
    coded: list[int | str] = []
    before = ""
    for one in texts:
        shared = sum(1 for _ in takewhile(_is_same, zip(before, one, strict=False)))
        coded.extend((_units(one[:shared]), one[shared:]))
        before = one
    return coded


class _Packing:
    def __init__(
        self, kinds: Sequence[str], files: Sequence[str], symbols: Sequence[str], *, cap: int
    ) -> None:
        self._kinds = _numbers(kinds)
        self._files = _numbers(files)
        self._symbols = _numbers(symbols)
        self._cap = cap

    def lines_of(self, pair: Pair) -> tuple[list[int], list[int]]:
        """Return the numbers of its lines, four each, and the counts of those left out."""
        lines: list[int] = []
        for one in pair.crossings[: self._cap]:
            symbol = self._symbols[one.target.symbol]
            lines += (self._code(one), self._files[one.origin.file], one.origin.line, symbol)
        left = Counter(map(self._code, pair.crossings[self._cap :]))
        return lines, [number for item in sorted(left.items()) for number in item]

    def _code(self, one: Crossing) -> int:
        return self._kinds[one.kind] * 4 + one.test * 1 + (not binds(one)) * 2


def _cap(pairs: Sequence[Pair], most: int) -> int:
    """Return how many lines each pair may keep, so that all together keep no more than most."""
    sizes = sorted(len(pair.crossings) for pair in pairs)
    left = most
    for number, size in enumerate(sizes):
        share = left // (len(sizes) - number)
        if size > share:
            return max(share, 1)
        left -= size
    return max(sizes, default=0)


def _is_same(both: tuple[str, str]) -> bool:
    return both[0] == both[1]


def _numbers(texts: Sequence[str]) -> dict[str, int]:
    return {one: number for number, one in enumerate(texts)}


def _units(shared: str) -> int:
    """Return how long JavaScript takes it to be."""
    return len(shared.encode("utf-16-le", "surrogatepass")) // 2


def _safe(data: str) -> str:
    """Return JSON in which nothing can end the element around it."""
    return data.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
