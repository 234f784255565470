"""One walk over a file, in its order and without recursion, as sources nest without limit.

What binds a name is noted with its scope, what can tie components together is put aside; terms are
told afterwards, for that alone.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, TypeAlias

from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.reading.scopes import EVERYWHERE, Binding, How, Scope, end_of, targets_of

FunctionNode: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


class SeenCall(NamedTuple):
    """A call to be kept, and where it stands."""

    node: ast.Call
    name: str
    scope: Scope
    inside: int
    type_checking: bool


class SeenClass(NamedTuple):
    """A class statement, the scope that it stands in and the one that it opens."""

    node: ast.ClassDef
    outer: Scope
    scope: Scope


class SeenFunction(NamedTuple):
    """A function statement, the scope that it stands in and the one that it opens."""

    node: FunctionNode
    outer: Scope
    scope: Scope


class Visit:
    """The state of a walk, and what it found."""

    def __init__(self, module: str, *, is_package: bool, wanted: frozenset[str]) -> None:
        self.module = module
        self.package = module if is_package else module.rpartition(".")[0]
        self.wanted = wanted
        """The names of attributes whose uses are asked for."""
        self.stack: list[Any] = []
        self.scope = self.top = Scope("module", None)
        self.inside = -1
        """The index of the kept call around it."""
        self.until = EVERYWHERE
        """The end of the block around it."""
        self.type_checking = False
        self.aliases: dict[str, str] = {}
        """Other names for functions whose calls are kept."""
        self.scopes: list[Scope] = [self.top]
        self.of_comprehensions: dict[ast.expr, Scope] = {}
        self.imports: list[Import] = []
        self.calls: list[SeenCall] = []
        self.classes: list[SeenClass] = []
        self.functions: list[SeenFunction] = []
        self.texts: list[tuple[int, str, str]] = []
        self.joined: list[tuple[ast.expr, Scope]] = []
        """What may be put together from literals."""
        self.attributes: set[str] = set()
        self.uses: list[tuple[ast.expr, ast.expr, str, Scope]] = []

    def state(self) -> tuple[Scope, int, int, bool]:
        """Return what `restore` takes back."""
        return self.scope, self.inside, self.until, self.type_checking

    def open(self, scope: Scope) -> None:
        """Let what is pushed from now on stand in another scope."""
        self.scopes.append(scope)
        self.stack.append((scope, self.inside, EVERYWHERE, self.type_checking))

    def block(self, body: list[Any]) -> None:
        """Push statements that run under a condition."""
        if body:
            stack = self.stack
            stack.append(self.state())
            stack.extend(reversed(body))
            stack.append((self.scope, self.inside, end_of(body[-1]), self.type_checking))

    def bind(self, target: ast.expr, how: How, node: object, place: int) -> None:
        """Bind the names in a target."""
        if isinstance(target, ast.Name):
            self.scope.bind(target.id, Binding(self.scope, how, node, place, self.until))
            return
        for part, path in targets_of(target):
            if isinstance(part, ast.Name):
                binding = Binding(self.scope, how, node, place, self.until)
                binding.path = path
                self.scope.bind(part.id, binding)
            else:
                self.stack.append(part)


Handler: TypeAlias = Callable[[Visit, Any], None]

_NO_CHILDREN = frozenset(
    {"conversion", "ctx", "kind", "kwd_attrs", "op", "ops", "type_comment", "type_ignores"}
)

FIELDS: dict[type[ast.AST], tuple[str, ...]] = {
    node: tuple(name for name in reversed(node._fields) if name not in _NO_CHILDREN)
    for node in vars(ast).values()
    if isinstance(node, type) and issubclass(node, ast.AST)
}
"""What may hold further nodes, the last first."""

FIELDS[ast.Name] = ()


def walk(visit: Visit, tree: ast.AST, handlers: Mapping[type, Handler]) -> None:
    """Give each node to its handler, which pushes what is in it; others are only gone through."""
    stack = visit.stack
    stack.append(tree)
    pop = stack.pop
    find = handlers.get
    while stack:
        node = pop()
        kind = node.__class__
        if kind is ast.Name or node is None:  # None is the key of `**` in a dict
            continue
        if kind is tuple:
            visit.scope, visit.inside, visit.until, visit.type_checking = node
        elif (handle := find(kind)) is not None:
            handle(visit, node)
        else:
            push_children(stack, node)


def push_children(stack: list[Any], node: ast.AST) -> None:
    """Push what is in a node, so that the first comes out first."""
    for name in FIELDS[node.__class__]:
        child = getattr(node, name, None)
        if child.__class__ is list:
            stack.extend(reversed(child))
        elif isinstance(child, ast.AST):
            stack.append(child)
