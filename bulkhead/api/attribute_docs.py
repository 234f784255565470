"""The strings that stand below a class's attributes, which say what each one is."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator, Mapping
from functools import cache
from itertools import pairwise

_PASSED_OVER = frozenset({"builtins", "django", "enum", "ninja", "pydantic", "typing"})
"""Packages whose base classes say nothing of a project's attributes, and are long to read."""


@cache
def attribute_docs(cls: type) -> Mapping[str, str]:
    """Return what the class and those above it say below their attributes.

    A class whose source can't be found says nothing.
    """
    docs: dict[str, str] = {}
    for each in reversed(cls.__mro__):
        if each.__module__.partition(".")[0] not in _PASSED_OVER:
            definition = _classes_of(each.__module__).get(each.__qualname__)
            docs |= _docs_in(definition.body if definition else [])
    return docs


@cache
def _classes_of(module: str) -> Mapping[str, ast.ClassDef]:
    """Return the classes that stand in a module, by their qualified names."""
    try:
        tree = ast.parse(inspect.getsource(sys.modules[module]))
    except (KeyError, OSError, TypeError, SyntaxError):
        return {}
    return dict(_classes_in(tree, ""))


def _classes_in(node: ast.AST, place: str) -> Iterator[tuple[str, ast.ClassDef]]:
    for each in ast.iter_child_nodes(node):
        match each:
            case ast.ClassDef(name=name):
                yield f"{place}{name}", each
                yield from _classes_in(each, f"{place}{name}.")
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield from _classes_in(each, f"{place}{name}.<locals>.")
            case ast.If() | ast.Try():
                yield from _classes_in(each, place)


def _docs_in(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for attribute, below in pairwise(body):
        name, text = _name(attribute), _text(below)
        if name and text:
            yield name, inspect.cleandoc(text)


def _name(statement: ast.stmt) -> str | None:
    match statement:
        case ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]):
            return name
    return None


def _text(statement: ast.stmt) -> str | None:
    match statement:
        case ast.Expr(value=ast.Constant(value=str() as text)):
            return text
    return None
