"""What is kept of one file: plain tuples, so that a cache can hold them; nothing needs the project.

A *term* says what an expression is, as far as its own file tells; it is resolved later, against all
files and the real models. It is a tuple, and its first item says how to read the rest:

- `("name", "shop.models.Order")`: what a name stands for, imported or of the module itself
- `("attribute", term, "objects")`
- `("call", term, arguments)`: what a call returns; its arguments are values
- `("item", term)`: what an index or a loop takes out of it
- `("instance", term)`: an object of the class, by an annotation or an `except`
- `("of", term, (term, ...))`: a generic type with its arguments, in annotations and bases
- `("entered", term)`: what `with` binds
- `("items", term)`: a list, tuple, set or generator of it
- `("super", "shop.models.Order")`: `super()` inside this class
- `("parameter", "shop.models.Order.close", "by")`: what a function is given, without annotation
- `("self", "shop.models.Order")` and `("cls", "shop.models.Order")`: inside this class
- `("either", (term, ...))`: one of them, as a variable that is set twice

None is what can't be told.

A *value* is what an argument or an attribute is given:

- a string, literal or put together from literals and constants of the file
- `("constant", True)`: any other literal
- `("list", (value, ...))` for lists, tuples and sets, and `("dict", ((value, value), ...))`
- `("either", (value, ...))`: one of them
- `("starred", value)`: what `*names` adds to the arguments of a call
- `("term", term)`, or None
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.reading.transactions import PlainTransaction

Term: TypeAlias = tuple[Any, ...] | None
Value: TypeAlias = str | tuple[Any, ...] | None


class Class(NamedTuple):
    """A class statement."""

    name: str
    """Its qualified name in the module: `Order`, `Order.Meta`."""

    line: int
    bases: tuple[Term, ...]
    attributes: tuple[tuple[str, int, Value], ...]
    """What its body assigns: name, line and value; an annotation alone is `("term", ...)`."""

    instance: tuple[tuple[str, int, Value], ...] = ()
    """What its methods assign to `self`."""

    decorators: tuple[Term, ...] = ()


class Function(NamedTuple):
    """A function or method."""

    name: str
    """Its qualified name in the module: `close`, `Order.close`."""

    line: int
    parameters: tuple[tuple[str, Term], ...]
    """Name, and the term of an object of its annotation."""

    returns: Term
    """By its annotation; else by what it returns, where that is one thing."""

    decorators: tuple[Term, ...]


class Call(NamedTuple):
    """A call that can tie components together: by its function's last name, or by its strings."""

    line: int
    function: Term
    name: str
    """The last name of the function: `filter`, `reverse`, `get_model`."""

    arguments: tuple[Value, ...]
    keywords: tuple[tuple[str, Value], ...]
    """Without a name for `**`."""

    inside: int
    """The index of the call, among those of the file, that it is an argument of; -1 for none."""

    scope: str
    """The qualified name of the class or function around it; empty at module level."""


class Text(NamedTuple):
    """A string that reads like a dotted path or a template's name, wherever it stands."""

    line: int
    text: str
    scope: str


class AttributeUse(NamedTuple):
    """One attribute that is read, of names that were asked for."""

    line: int
    owner: Term
    name: str
    scope: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """All that was read from one file; nothing in it depends on another file."""

    imports: tuple[Import, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """The names bound at module level, each with the dotted name that it stands for."""

    values: Mapping[str, Value] = field(default_factory=dict)
    """What those of them are given that are variables."""

    variables: tuple[tuple[str, int, Value], ...] = ()
    """Each statement that gives one of these a value: name, line and value."""

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
