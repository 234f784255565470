"""What one file says, read once for every source of crossings."""

from __future__ import annotations

import ast
import hashlib
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from bulkhead.crossings.files import SourceFile
from bulkhead.crossings.reading.facts import Call, Class, Function, Text, Value
from bulkhead.crossings.reading.imports import Import, ImportCollector
from bulkhead.crossings.reading.scopes import Collector, Context
from bulkhead.crossings.reading.transactions import PlainTransaction, TransactionCollector

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """All that was read from one file; nothing in it depends on another file."""

    imports: tuple[Import, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """The names bound at module level, each with the dotted name that it stands for."""

    values: Mapping[str, Value] = field(default_factory=dict)
    """What those of them are given that are variables."""

    exports: tuple[str, ...] | None = None
    """What `__all__` lists, where the module has one that can be read."""

    classes: tuple[Class, ...] = ()
    functions: tuple[Function, ...] = ()
    calls: tuple[Call, ...] = ()
    texts: tuple[Text, ...] = ()
    attributes: frozenset[str] = frozenset()
    """The names of all attributes that it reads."""

    lines: int = 0
    plain_transactions: tuple[PlainTransaction, ...] = ()
    unreadable: str = ""
    """Why the file could not be read; empty where it could."""

    unreadable_line: int = 1


def read_file(file: SourceFile) -> FileFacts:
    """Return what a file says; one that can't be read says why."""
    try:
        content = file.path.read_bytes()
    except OSError as error:
        return FileFacts(unreadable=error.strerror or str(error))
    return read_source(content, file.module, is_package=file.is_package)


def read_source(content: bytes, module: str, *, is_package: bool) -> FileFacts:
    """Return what a source says; the same content is read once in a process."""
    key = hashlib.sha256(content).digest(), module, is_package
    if (facts := _read_before.get(key)) is None:
        facts = _read_before[key] = _facts(content, module, is_package=is_package)
    return facts


_read_before: dict[tuple[bytes, str, bool], FileFacts] = {}


def _facts(content: bytes, module: str, *, is_package: bool) -> FileFacts:
    try:
        with warnings.catch_warnings(action="ignore"):
            tree = ast.parse(content)
    except SyntaxError as error:
        return FileFacts(unreadable=error.msg, unreadable_line=error.lineno or 1)
    except (ValueError, RecursionError, MemoryError) as error:
        return FileFacts(unreadable=str(error) or type(error).__name__)
    imports = ImportCollector(module, is_package=is_package)
    transactions = TransactionCollector()
    collectors: tuple[Collector, ...] = (imports, transactions)
    for node, context in _nodes(tree):
        for collector in collectors:
            collector.see(node, context)
    return FileFacts(imports=imports.found(), plain_transactions=transactions.found())


def relative_name(path: Path, base: Path) -> str:
    """Return a file's name as reports show it: relative to the project where it is in there."""
    try:
        return path.relative_to(base).as_posix()
    except ValueError:
        return path.as_posix()


def _nodes(tree: ast.AST) -> Iterator[tuple[ast.AST, Context]]:
    """Yield every node with what surrounds it; no recursion, as sources nest without limit."""
    waiting = [(tree, Context())]
    while waiting:
        node, context = waiting.pop()
        yield node, context
        waiting.extend(_children(node, context))


def _children(node: ast.AST, context: Context) -> Iterator[tuple[ast.AST, Context]]:
    if isinstance(node, _FUNCTIONS):
        context = replace(context, in_function=True)
    elif isinstance(node, ast.If) and _is_type_checking(node.test):
        only_for_types = replace(context, type_checking=True)
        yield from ((child, only_for_types) for child in node.body)
        yield from ((child, context) for child in node.orelse)
        return
    yield from ((child, context) for child in ast.iter_child_nodes(node))


def _is_type_checking(test: ast.expr) -> bool:
    match test:
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return True
    return False
