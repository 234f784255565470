"""The dependency structure matrix, drawn: a row uses a column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.elements import Markup, element, text
from bulkhead.adoption.pairs import Pair
from bulkhead.adoption.words import counted

STEPS = (1, 3, 8, 20)
"""A cell is a shade darker past each of these."""

_SIZES = ((12, 44), (24, 34), (60, 24))
_SMALLEST = 16
_WITH_COUNTS = 24
_LONGEST_LABEL = 28
_THOUSAND = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Sizes:
    """How large the drawing is, in its own units."""

    cell: int
    label: int
    count: int

    @property
    def side(self) -> int:
        """The length of a side."""
        return self.cell * self.count


def sizes_for(labels: tuple[str, ...]) -> Sizes:
    """Return sizes by which so many components can be read."""
    cell = next((size for most, size in _SIZES if len(labels) <= most), _SMALLEST)
    longest = max((len(shortened(label)) for label in labels), default=0)
    width = int(longest * (5.9 if cell <= _SMALLEST else 7)) + 18
    return Sizes(cell=cell, label=max(width, 60), count=len(labels))


def shade(count: int) -> int:
    """Return how dark a cell is, 1 to 5."""
    return 1 + sum(count > step for step in STEPS)


def shown_count(count: int) -> str:
    """Return a count that fits into a cell."""
    return str(count) if count < _THOUSAND else f"{count // _THOUSAND}k"


def shortened(label: str) -> str:
    """Return a label that fits beside a row."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"


def matrix(findings: Findings) -> Markup:
    """Return the drawing: labels that stay in sight, and the cells."""
    labels = findings.arrangement.order
    sizes = sizes_for(labels)
    return element(
        "div",
        element(
            "div",
            element("div", class_="corner", aria_hidden="true"),
            _columns(labels, sizes),
            _rows(findings, sizes),
            _cells(findings, sizes),
            class_="grid",
        ),
        class_="matrix",
        id="matrix",
        role="region",
        tabindex="0",
        aria_label="Matrix: a row uses a column",
        data_cell=sizes.cell,
        data_label=sizes.label,
        data_counts=sizes.cell >= _WITH_COUNTS,
    )


def print_style(labels: tuple[str, ...]) -> str:
    """Return the rule by which labels and cells keep their proportion on paper."""
    sizes = sizes_for(labels)
    columns = f"{sizes.label}fr {max(sizes.side, 1)}fr"
    return f"@media print {{ .grid {{ grid-template-columns: {columns}; }} }}\n"


def title_of(pair: Pair, *, is_cut: bool) -> str:
    """Return what a cell is called, as the script writes it."""
    words = f"{pair.consumer} uses {pair.provider}: {counted(pair.shown, 'crossing')}"
    if pair.beside:
        words = f"{words}, {pair.beside:,} more in tests or migrations"
    return f"{words}, to be cut" if is_cut else words


def _columns(labels: tuple[str, ...], sizes: Sizes) -> Markup:
    names = (
        element(
            "text",
            text(shortened(label)),
            transform=f"translate({_middle(number, sizes)} {sizes.label - 8}) rotate(-90)",
            data_c=number,
        )
        for number, label in enumerate(labels)
    )
    return _svg("columns", sizes.side, sizes.label, *names, aria_hidden="true")


def _rows(findings: Findings, sizes: Sizes) -> Markup:
    row = {turn.label: number for number, turn in enumerate(findings.turns)}
    names = (
        element(
            "a",
            element("text", text(shortened(label)), x=sizes.label - 8, y=_middle(number, sizes)),
            element("title", text(label)),
            href=f"#n{row[label]}",
            data_c=number,
        )
        for number, label in enumerate(findings.arrangement.order)
    )
    return _svg("rows", sizes.label, sizes.side, *names, role="group", aria_label="Components")


def _cells(findings: Findings, sizes: Sizes) -> Markup:
    return _svg(
        "cells",
        sizes.side,
        sizes.side,
        _ground(sizes),
        element("rect", class_="band", id="band-row", width=0, height=0),
        element("rect", class_="band", id="band-column", width=0, height=0),
        *_all_cells(findings, sizes),
        *_frames(findings, sizes),
        role="group",
        aria_label="Cells",
    )


def _ground(sizes: Sizes) -> Markup:
    """Return hairlines and the diagonal."""
    cell, side = sizes.cell, sizes.side
    lines = "".join(f"M0 {at}H{side}M{at} 0V{side}" for at in range(0, side + 1, cell))
    diagonal = "".join(f"M{at} {at}h{cell}v{cell}h-{cell}z" for at in range(0, side, cell))
    return Markup(
        element("path", d=lines, class_="lines") + element("path", d=diagonal, class_="diagonal")
    )


def _frames(findings: Findings, sizes: Sizes) -> Iterator[Markup]:
    place = {label: number for number, label in enumerate(findings.arrangement.order)}
    for cycle in findings.cycles:
        first, count = place[cycle.members[0]], len(cycle.members)
        yield element(
            "rect",
            class_="frame",
            x=first * sizes.cell,
            y=first * sizes.cell,
            width=count * sizes.cell,
            height=count * sizes.cell,
            data_from=first,
            data_to=first + count,
        )


def _all_cells(findings: Findings, sizes: Sizes) -> Iterator[Markup]:
    place = {label: number for number, label in enumerate(findings.arrangement.order)}
    cuts = {cut.arc for cycle in findings.cycles for cut in cycle.cuts}
    for number, pair in enumerate(findings.pairs):
        row, column = place[pair.consumer], place[pair.provider]
        yield element(
            "a",
            element(
                "rect",
                x=column * sizes.cell + 1,
                y=row * sizes.cell + 1,
                width=sizes.cell - 1,
                height=sizes.cell - 1,
            ),
            *_count(pair.shown, _middle(column, sizes), _middle(row, sizes), sizes),
            element("title", text(title_of(pair, is_cut=pair.names in cuts))),
            href=f"#l{number}",
            class_=cell_class(pair, is_cut=pair.names in cuts),
        )


def cell_class(pair: Pair, *, is_cut: bool) -> str:
    """Return what colours a cell: `u` uses, `x` is to be cut, `t` stands in tests alone."""
    letter = "x" if is_cut else "u" if pair.weight else "t"
    return f"{letter} s{shade(pair.shown)}"


def _count(count: int, x: int, y: int, sizes: Sizes) -> Iterator[Markup]:
    if sizes.cell >= _WITH_COUNTS:
        yield element("text", text(shown_count(count)), x=x, y=y)


def _middle(number: int, sizes: Sizes) -> int:
    return number * sizes.cell + sizes.cell // 2


def _svg(name: str, width: int, height: int, *content: Markup, **attributes: str) -> Markup:
    return element(
        "svg",
        *content,
        id=name,
        class_=name,
        width=width,
        height=height,
        viewBox=f"0 0 {width} {height}",
        **attributes,
    )
