"""What surrounds a node in a source, and what looks at it."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Whether a node runs when its module is imported, and whether it runs at all."""

    in_function: bool = False
    type_checking: bool = False


class Collector(Protocol):
    """Sees every node of a file, in no order, and keeps what its source of crossings asks for."""

    def see(self, node: ast.AST, context: Context, /) -> None:
        """Look at one node of the file."""
