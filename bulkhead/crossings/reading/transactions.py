"""The uses of Django's `atomic` and `on_commit` that name no database."""

from __future__ import annotations

import ast
from typing import NamedTuple

_PLAIN = {
    "django.db.transaction.atomic": "atomic",
    "django.db.transaction.on_commit": "on_commit",
}
_PLACE_OF_USING = {"atomic": 0, "on_commit": 1}


class PlainTransaction(NamedTuple):
    """One use of `atomic` or `on_commit` that falls to the database `default`."""

    line: int
    function: str


class TransactionCollector:
    """Collects uses, called or handed on bare; by what a name stands for, not by how it reads."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._functions: set[str] = set()
        self._calls: list[ast.Call] = []
        self._uses: list[ast.Name | ast.Attribute] = []

    def see(self, node: ast.AST, /) -> None:
        """Look at one node of the file."""
        match node:
            case ast.Import() | ast.ImportFrom(level=0):
                self._names |= _names_bound(node)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                self._functions.add(name)
            case ast.Call():
                self._calls.append(node)
            case ast.Name(ctx=ast.Load()):
                self._uses.append(node)
            case ast.Attribute(ctx=ast.Load(), attr=name) if name in _PLACE_OF_USING:
                self._uses.append(node)

    def found(self) -> tuple[PlainTransaction, ...]:
        """Return the uses without a database, by line."""
        if not any(dotted.startswith("django") for dotted in self._names.values()):
            return ()
        spared = {id(use) for call in self._calls for use in self._that_name_a_database(call)}
        return tuple(
            sorted(
                PlainTransaction(line=use.lineno, function=function)
                for use in self._uses
                if (function := self._plain(use)) and id(use) not in spared
            )
        )

    def _that_name_a_database(self, call: ast.Call) -> list[ast.expr]:
        if any(_names_database(keyword) for keyword in call.keywords):
            return [call.func, *call.args]
        function = self._plain(call.func)
        if function and self._names_one_by_place(call, _PLACE_OF_USING[function]):
            return [call.func]
        return []

    def _names_one_by_place(self, call: ast.Call, place: int) -> bool:
        if any(isinstance(argument, ast.Starred) for argument in call.args):
            return True
        if len(call.args) <= place:
            return False
        match call.args[place]:
            case ast.Constant(value=None) | ast.Lambda():
                return False
            case ast.Name(id=name):
                return name not in self._functions
        return True

    def _plain(self, node: ast.AST) -> str | None:
        return _PLAIN.get(self._dotted(node))

    def _dotted(self, node: ast.AST) -> str:
        match node:
            case ast.Name(id=name):
                return self._names.get(name, "")
            case ast.Attribute(value=value, attr=attribute):
                return f"{self._dotted(value)}.{attribute}"
        return ""


def _names_bound(node: ast.Import | ast.ImportFrom) -> dict[str, str]:
    """Return the names that an import binds, each with the dotted name that it stands for."""
    if isinstance(node, ast.ImportFrom):
        return {alias.asname or alias.name: f"{node.module}.{alias.name}" for alias in node.names}
    return {
        alias.asname or _first(alias.name): alias.name if alias.asname else _first(alias.name)
        for alias in node.names
    }


def _first(dotted: str) -> str:
    return dotted.partition(".")[0]


def _names_database(keyword: ast.keyword) -> bool:
    """Return whether `using` is given, or may be, by `**`."""
    if keyword.arg is None:
        return True
    is_none = isinstance(keyword.value, ast.Constant) and keyword.value.value is None
    return keyword.arg == "using" and not is_none
