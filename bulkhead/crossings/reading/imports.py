"""The imports of one file."""

from __future__ import annotations

from typing import NamedTuple


class Import(NamedTuple):
    """One name that a file imports."""

    line: int
    module: str
    name: str = ""
    """What is taken from the module: a name, `*`, or nothing for `import module`."""

    in_function: bool = False
    type_checking: bool = False
    by_call: bool = False
    """Whether it is `import_module("...")`, or the like."""

    @property
    def symbol(self) -> str:
        """The dotted name of what is imported."""
        return f"{self.module}.{self.name}" if self.name else self.module

    @property
    def dotted(self) -> str:
        """The dotted name whose place is asked for."""
        return self.module if self.name == "*" else self.symbol


def absolute(module: str, *, level: int, package: str) -> str:
    """Return the name of a module that is named from a package, with so many dots before it."""
    if not level:
        return module
    packages = package.split(".") if package else []
    kept = packages[: len(packages) - level + 1]
    return ".".join([*kept, module] if module else kept)
