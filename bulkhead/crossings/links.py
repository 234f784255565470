"""What ties one module to a name elsewhere, before anybody has judged it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Link:
    """One thing in a file that leads to a name of the project."""

    file: str
    """Relative to the project."""

    line: int
    module: str
    """The module that it begins in; for a template or fixture, the package of its app."""

    kind: str
    symbol: str
    """The dotted name where it is defined: a module, class, function, or a model's field."""

    way: tuple[str, ...] = ()
    """The modules that hand it on, the nearest first, where it is not taken from its own."""

    type_checking: bool = False
    in_function: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Unresolved:
    """One thing that may lead elsewhere, and can't be told."""

    file: str
    line: int
    module: str
    kind: str
    text: str
    """What stands there: a path, a name."""

    reason: str
    """Why it can't be told."""
