"""The imports of one file."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from bulkhead.crossings.reading.scopes import Context


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Import:
    """One name that a file imports."""

    line: int
    module: str
    name: str = ""
    """What is taken from the module: a name, `*`, or nothing for `import module`."""

    in_function: bool = False
    type_checking: bool = False

    @property
    def symbol(self) -> str:
        """The dotted name of what is imported."""
        return f"{self.module}.{self.name}" if self.name else self.module

    @property
    def dotted(self) -> str:
        """The dotted name whose place is asked for."""
        return self.module if self.name == "*" else self.symbol


class ImportCollector:
    """Collects every import, wherever it stands."""

    def __init__(self, module: str, *, is_package: bool) -> None:
        self._packages = module.split(".") if is_package else module.split(".")[:-1]
        self._found: list[Import] = []

    def see(self, node: ast.AST, context: Context, /) -> None:
        """Look at one node of the file."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                self._add(alias.lineno, alias.name, "", context)
        elif isinstance(node, ast.ImportFrom):
            module = self._absolute(node)
            for alias in node.names:
                self._add(alias.lineno, module, alias.name, context)

    def found(self) -> tuple[Import, ...]:
        """Return the imports by line."""
        return tuple(sorted(self._found))

    def _add(self, line: int, module: str, name: str, context: Context) -> None:
        self._found.append(
            Import(
                line=line,
                module=module,
                name=name,
                in_function=context.in_function,
                type_checking=context.type_checking,
            )
        )

    def _absolute(self, node: ast.ImportFrom) -> str:
        if not node.level:
            return node.module or ""
        kept = self._packages[: len(self._packages) - node.level + 1]
        return ".".join([*kept, node.module] if node.module else kept)
