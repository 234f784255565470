"""Where names are bound in one file: by its module, its classes, functions and comprehensions."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

EVERYWHERE = 1 << 62
"""The place of what is asked from elsewhere: every binding counts."""

How: TypeAlias = Literal[
    "value",  # the node itself
    "item",  # what comes out of the node
    "entered",  # what `with` makes of the node
    "instance",  # an object of the type that the node says
    "declared",  # the same, with a value in `also`
    "self",
    "cls",
    "parameter",  # by its name
    "name",  # a dotted name, imported or defined
    "unknown",
]


def place_of(node: ast.expr | ast.stmt) -> int:
    """Return where a node begins, as a number that grows along the file."""
    return (node.lineno << 20) + node.col_offset


def end_of(node: ast.expr | ast.stmt) -> int:
    """Return where a node ends."""
    return ((node.end_lineno or 0) << 20) + (node.end_col_offset or 0)


class Binding:
    """One place where a name gets a value; slots alone, as a file has thousands."""

    __slots__ = ("also", "how", "is_told", "node", "path", "place", "scope", "term", "until")

    def __init__(self, scope: Scope, how: How, node: object, place: int, until: int) -> None:
        self.scope = scope
        """Where the node is to be understood."""
        self.how = how
        self.node = node
        self.place = place
        self.until = until
        """The end of the block that it stands in: up to there it replaces what was bound before."""
        self.path: tuple[int, ...] = ()
        """The items that are taken out one of another, where tuples are unpacked; -1 is any."""
        self.also: ast.expr | None = None
        self.is_told = False
        self.term: tuple[Any, ...] | None = None


ScopeKind: TypeAlias = Literal["module", "class", "function", "comprehension"]


class Scope:
    """What binds names."""

    __slots__ = (
        "assigned",
        "bindings",
        "elsewhere",
        "first",
        "in_function",
        "instance",
        "kind",
        "owner",
        "parent",
        "qualname",
        "returned",
        "yields",
    )

    def __init__(self, kind: ScopeKind, parent: Scope | None, qualname: str = "") -> None:
        self.kind = kind
        self.parent = parent
        self.qualname = qualname
        """The class or function that it is in, or is."""
        self.bindings: dict[str, list[Binding]] = {}
        self.elsewhere: dict[str, Scope] = {}
        """What `global` and `nonlocal` say is bound outside."""
        self.first = ""
        """What the method calls its object."""
        self.in_function: bool = kind == "function" or (parent is not None and parent.in_function)
        self.owner: Scope | None = self if kind == "class" else parent.owner if parent else None
        """The class around it."""
        self.instance: list[tuple[str, int, ast.expr, Scope]] = []
        self.assigned: list[tuple[str, int, ast.expr | None, ast.expr | None]] = []
        """What the body of a class or module assigns: name, line, annotation and value."""
        self.returned: list[ast.expr] = []
        self.yields = False

    def named(self, name: str) -> str:
        """Return the qualified name of what is defined in here."""
        return f"{self.qualname}.{name}" if self.qualname else name

    def bind(self, name: str, binding: Binding) -> None:
        """Note that a name gets a value here."""
        scope = self.elsewhere.get(name, self) if self.elsewhere else self
        if (found := scope.bindings.get(name)) is None:
            scope.bindings[name] = [binding]
        else:
            found.append(binding)

    def reaching(self, name: str, place: int) -> list[Binding]:
        """Return what a name can be bound to where it is used; the nearest scope counts."""
        scope: Scope | None = self
        while scope is not None:
            if (found := scope.bindings.get(name)) is not None and (
                scope.kind != "class" or scope is self
            ):
                return found if len(found) == 1 else _reaching(found, place)
            if scope.kind != "comprehension":
                place = EVERYWHERE
            scope = scope.parent
        return []


def _reaching(bindings: list[Binding], place: int) -> list[Binding]:
    """Leave out what comes later, and what is replaced before the place."""
    if place == EVERYWHERE:
        return bindings
    earlier = sorted((one for one in bindings if one.place <= place), key=lambda one: one.place)
    for index in range(len(earlier) - 1, -1, -1):
        if place <= earlier[index].until:
            return earlier[index:]
    return earlier or bindings


def targets_of(target: ast.expr) -> Iterator[tuple[ast.expr, tuple[int, ...]]]:
    """Yield what a target binds, with the items that lead to it."""
    waiting: list[tuple[ast.expr, tuple[int, ...]]] = [(target, ())]
    while waiting:
        node, path = waiting.pop()
        if isinstance(node, (ast.Tuple, ast.List)):
            any_may_come = any(isinstance(part, ast.Starred) for part in node.elts)
            waiting.extend(
                (part, (*path, -1 if any_may_come else index))
                for index, part in enumerate(node.elts)
            )
        elif isinstance(node, ast.Starred):
            waiting.append((node.value, path[:-1]))
        else:
            yield node, path
