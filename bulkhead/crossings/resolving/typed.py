"""What a term can turn out to be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class ModelClass:
    """The class of a model."""

    label: str


@dataclass(frozen=True, slots=True)
class Instance:
    """An object of a model."""

    label: str


@dataclass(frozen=True, slots=True)
class Presumed:
    """What bears the name of a model, and may be an object of it.

    It is taken for one where it is asked for what objects of that model have, and only there.
    """

    label: str


@dataclass(frozen=True, slots=True)
class Rows:
    """A queryset or manager of a model."""

    label: str
    are_objects: bool = True
    """Whether its items are objects of the model, and not dictionaries or tuples."""


@dataclass(frozen=True, slots=True)
class Descriptor:
    """A relation, asked of the model's class."""

    label: str
    name: str


@dataclass(frozen=True, slots=True)
class Named:
    """What a dotted name stands for: a module, a function, a class of the project or not."""

    symbol: str
    me: Type | None = None
    """What it is asked of, where it is a method."""


@dataclass(frozen=True, slots=True)
class Thing:
    """An object of a class that is no model."""

    symbol: str


@dataclass(frozen=True, slots=True)
class Above:
    """What `super()` gives in a class."""

    symbol: str
    me: Type


@dataclass(frozen=True, slots=True)
class Items:
    """A list, or the like."""

    item: Type


@dataclass(frozen=True, slots=True)
class Table:
    """A dictionary, by what it holds."""

    item: Type


@dataclass(frozen=True, slots=True)
class Ask:
    """A method that Django or a framework gives: of rows, of lists, of a view."""

    name: str
    me: Type


Type: TypeAlias = (
    ModelClass
    | Instance
    | Presumed
    | Rows
    | Descriptor
    | Named
    | Thing
    | Above
    | Items
    | Table
    | Ask
)
Types: TypeAlias = tuple[Type, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """A function that is called: what it is asked of, and what it is given."""

    me: Type | None
    function: str = ""
    given: tuple[tuple[str, Types], ...] = ()
    """The types of the arguments that its result depends on, by their parameters."""
