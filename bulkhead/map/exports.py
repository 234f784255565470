"""The map in the forms that people and programs read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from textwrap import wrap
from typing import Any

from bulkhead.map.graph import (
    ComponentMap,
    MappedComponent,
    MappedDatabase,
    MappedSeal,
    Seal,
    State,
)

_HEADS = (
    "component",
    "database",
    "layers",
    "depends on",
    "used by",
    "public",
    "endpoints",
    "rows",
)
_WIDTH = 22
_WORDS_OF_MERMAID = {
    "call",
    "class",
    "click",
    "default",
    "direction",
    "end",
    "flowchart",
    "graph",
    "href",
    "style",
    "subgraph",
}


def as_table(found: ComponentMap) -> str:
    """Return a table in plain text, and below it what is wrong with databases and tables."""
    if not found.components:
        return "No component is installed."
    lines = _table([_HEADS, *(_cells(found, component) for component in found.components)])
    return "\n".join([*lines, *_apart(_matrix_of_seals(found)), *_apart(_troubles(found))])


def as_json(found: ComponentMap) -> str:
    """Return JSON as `showcomponents.schema.json` describes it."""
    components = [_as_plain_data(found, component) for component in found.components]
    steps = [{"command": step.command, "reason": step.reason} for step in found.next_steps()]
    return json.dumps({"version": 1, "components": components, "next_steps": steps}, indent=2)


def as_mermaid(found: ComponentMap) -> str:
    """Return a flowchart for Mermaid: an arrow points to what a component depends on.

    It depends on nothing but the sources, and so can stand in a README.
    """
    return "\n".join(["flowchart TD", *(f"    {line}" for line in _mermaid_lines(found))])


def _table(rows: Iterable[Sequence[str]]) -> list[str]:
    wrapped = [[wrap(cell, _WIDTH) for cell in row] for row in rows]
    columns = list(zip(*wrapped, strict=True))
    widths = [max(len(line) for cell in column for line in cell) for column in columns]
    blocks = [_block(row, widths) for row in wrapped]
    blocks.insert(1, "  ".join("-" * width for width in widths))
    return blocks


def _matrix_of_seals(found: ComponentMap) -> list[str]:
    known = [component for component in found.components if component.seal_states]
    if not known:
        return []
    heads = ["seals", *(one.seal for one in known[0].seal_states)]
    rows = [[one.label, *map(_word_of_seal, one.seal_states)] for one in known]
    return _table([heads, *rows])


def _word_of_seal(one: MappedSeal) -> str:
    match one.state:
        case Seal.OPEN:
            return f"{one.in_the_way:,} in the way"
        case Seal.BROKEN:
            return f"broken: {one.in_the_way:,}"
        case _:
            return one.state


def _cells(found: ComponentMap, component: MappedComponent) -> tuple[str, ...]:
    endpoints = component.endpoints
    return (
        component.label,
        f"{component.database.alias}: {_described(component.database)}",
        " ".join(component.layers),
        ", ".join([*component.depends_on, *(f"{one} (legacy)" for one in _legacy(component))]),
        ", ".join(found.used_by(component.label)),
        str(len(component.functions)),
        "?" if endpoints is None else str(len(endpoints)),
        _stored(component),
    )


def _described(database: MappedDatabase) -> str:
    if database.state is not State.UNAPPLIED:
        return database.state
    noun = "migration" if database.unapplied == 1 else "migrations"
    return f"{database.unapplied} {noun} to run"


def _stored(component: MappedComponent) -> str:
    counts = [table.count for table in component.tables]
    if not counts:
        return "none"
    if None in counts:
        return "?"
    return f"{sum(filter(None, counts)):,}"


def _block(row: Sequence[list[str]], widths: Sequence[int]) -> str:
    height = max(len(cell) for cell in row)
    padded = [[*cell, *[""] * (height - len(cell))] for cell in row]
    lines = zip(*padded, strict=True)
    return "\n".join(
        "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def _troubles(found: ComponentMap) -> Iterator[str]:
    if found.untold:
        yield f"The seals can't be told: {found.untold}"
    for database in found.databases():
        if database.state is State.UNREACHABLE:
            yield f"The database {database.alias!r} can't be reached: {database.problem}"
    for component in found.components:
        if missing := component.missing_tables():
            yield (
                f"Tables of {component.label!r} are missing, and no migration is left to run: "
                f"{', '.join(missing)}. Try: python manage.py makemigrations {component.label}"
            )


def _apart(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if number == 0:
            yield ""
        yield line


def _legacy(component: MappedComponent) -> tuple[str, ...]:
    return component.depends_on_legacy


def _as_plain_data(found: ComponentMap, component: MappedComponent) -> dict[str, Any]:
    endpoints = component.endpoints
    return {
        "label": component.label,
        "package": component.package,
        "owner": component.owner,
        "database": {
            "alias": component.database.alias,
            "state": component.database.state.value,
            "unapplied": component.database.unapplied,
            "problem": component.database.problem,
        },
        "layers": list(component.layers),
        "depends_on": list(component.depends_on),
        "depends_on_legacy": list(component.depends_on_legacy),
        "used_by": list(found.used_by(component.label)),
        "seals": list(component.seals),
        "seal_states": [
            {"seal": one.seal, "state": one.state.value, "in_the_way": one.in_the_way}
            for one in component.seal_states
        ],
        "public": list(component.functions),
        "endpoints": None if endpoints is None else list(endpoints),
        "rows": [
            {"model": table.model, "table": table.table, "count": table.count}
            for table in component.tables
        ],
    }


def _mermaid_lines(found: ComponentMap) -> Iterator[str]:
    for component in found.components:
        layers = " · ".join(component.layers)
        yield f'{_node(component.label)}["<b>{component.label}</b><br>{layers}"]'
    for label in sorted({one for part in found.components for one in part.depends_on_legacy}):
        yield f'{_node(label)}[/"{label} (legacy)"/]'
    for component in found.components:
        for other in sorted(component.depends_on):
            yield f"{_node(component.label)} --> {_node(other)}"
        for other in sorted(component.depends_on_legacy):
            yield f"{_node(component.label)} -.-> {_node(other)}"


def _node(label: str) -> str:
    """Return an id that is no word of Mermaid's own."""
    return f"{label}_" if label in _WORDS_OF_MERMAID else label
