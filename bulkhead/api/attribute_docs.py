"""The strings that stand below a class's attributes, which say what each one is."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Mapping
from functools import cache
from textwrap import dedent


@cache
def attribute_docs(cls: type) -> Mapping[str, str]:
    """Return what the class and those above it say below their attributes.

    A class whose source can't be found says nothing.
    """
    docs: dict[str, str] = {}
    for each in reversed(cls.__mro__[:-1]):
        docs |= _own_docs(each)
    return docs


def _own_docs(cls: type) -> Iterator[tuple[str, str]]:
    try:
        tree = ast.parse(dedent(inspect.getsource(cls)))
    except (OSError, TypeError, SyntaxError):
        return
    [definition] = tree.body
    if isinstance(definition, ast.ClassDef):
        yield from _docs_in(definition)


def _docs_in(definition: ast.ClassDef) -> Iterator[tuple[str, str]]:
    for attribute, below in zip(definition.body, definition.body[1:], strict=False):
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
