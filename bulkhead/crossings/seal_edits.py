"""The smallest edit of a component's config that declares a seal."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass

_BEFORE = (
    "name",
    "label",
    "verbose_name",
    "default",
    "depends_on",
    "depends_on_legacy",
    "database",
)
"""What stands above `seals` in a config."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A source with the seals declared, and where."""

    source: str
    line: int


def declared(seals: Iterable[str]) -> str:
    """Return the line that declares seals."""
    return f"seals = {_literal(seals)}"


def with_seals(source: str, config: str, seals: tuple[str, ...]) -> Edit | None:
    """Return the source with these seals in the class `config`, None where that is unsafe.

    All else stays as it is, to the byte.
    """
    edit = _edited(source, config, seals)
    if edit is None or _seals_in(edit.source, config) != seals:
        return None
    return edit


def _edited(source: str, config: str, seals: tuple[str, ...]) -> Edit | None:
    if (found := _class(source, config)) is None:
        return None
    assigned = _assignments(found, ("seals",))
    if len(assigned) == 1:
        return _replaced(source, assigned[0], seals)
    if assigned:
        return None
    above = _assignments(found, _BEFORE)
    return _inserted(source, above[-1], seals) if above else None


def _replaced(source: str, node: ast.Assign | ast.AnnAssign, seals: tuple[str, ...]) -> Edit | None:
    """Write the seals over a literal that stands in one line."""
    value = node.value
    if not isinstance(value, (ast.Tuple, ast.List)) or value.lineno != value.end_lineno:
        return None
    lines = source.encode().splitlines(keepends=True)
    line = lines[value.lineno - 1]
    lines[value.lineno - 1] = (
        line[: value.col_offset] + _literal(seals).encode() + line[value.end_col_offset :]
    )
    return Edit(source=b"".join(lines).decode(), line=value.lineno)


def _inserted(
    source: str, above: ast.Assign | ast.AnnAssign, seals: tuple[str, ...]
) -> Edit | None:
    """Write a line of its own below an assignment."""
    lines = source.encode().splitlines(keepends=True)
    last = int(above.end_lineno or above.lineno)
    rest = lines[last - 1][above.end_col_offset :].decode()
    indentation = lines[above.lineno - 1][: above.col_offset].decode()
    if not re.fullmatch(r"\s*(#.*)?\s*", rest) or indentation.strip():
        return None
    newline = "\r\n" if rest.endswith("\r\n") else "\n"
    if not rest.endswith("\n"):
        lines[last - 1] += newline.encode()
    lines.insert(last, f"{indentation}{declared(seals)}{newline}".encode())
    return Edit(source=b"".join(lines).decode(), line=last + 1)


def _class(source: str, config: str) -> ast.ClassDef | None:
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return None
    found = [one for one in tree.body if isinstance(one, ast.ClassDef) and one.name == config]
    return found[0] if len(found) == 1 else None


def _assignments(found: ast.ClassDef, names: tuple[str, ...]) -> list[ast.Assign | ast.AnnAssign]:
    return [
        node
        for node in found.body
        if isinstance(node, (ast.Assign, ast.AnnAssign))
        and _names(node) in [[one] for one in names]
    ]


def _names(node: ast.Assign | ast.AnnAssign) -> list[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return [one.id if isinstance(one, ast.Name) else "" for one in targets]


def _seals_in(source: str, config: str) -> tuple[str, ...] | None:
    found = _class(source, config)
    assigned = _assignments(found, ("seals",)) if found else []
    match assigned:
        case [ast.Assign(value=value) | ast.AnnAssign(value=value)] if value is not None:
            return tuple(ast.literal_eval(value))
    return None


def _literal(seals: Iterable[str]) -> str:
    words = [f'"{seal}"' for seal in seals]
    return f"({', '.join(words)}{',' if len(words) == 1 else ''})"
