"""The names that a component and its first aggregate may bear."""

from __future__ import annotations

import builtins
import keyword
import re
import sys
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps

from bulkhead.errors import BulkheadError

_PART = re.compile(r"[a-z][a-z0-9_]*")
_AGGREGATE = re.compile(r"[A-Z][A-Za-z0-9]*")
_SEPARATORS = frozenset("/\\")
_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z0-9]*|[0-9]+")
WORDS_OF_AGGREGATES = ("Aggregate", "aggregate", "aggregates")
"""What the templates call an aggregate by itself: its class, one of them, the module of them."""

_TAKEN_LABELS = {
    "default": "it is the alias of the project's own database",
    "docs": "the docs page of the API stands under that prefix",
    "shared_kernel": "the package of that name holds the value types that every domain may import",
}


class ComponentNameError(BulkheadError):
    """A component can't bear this name."""

    def __init__(self, name: str, reason: str, *, advice: str) -> None:
        super().__init__(f"A component can't be named {name!r}: {reason}. {advice}")


class AggregateNameError(BulkheadError):
    """An aggregate can't bear this name."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"An aggregate can't be named {name!r}: {reason}. "
            f"Choose a singular noun in CamelCase, such as Invoice or ChangeOrder."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """What the files of a new component call the component and its first aggregate."""

    package: str
    aggregate: str

    @property
    def label(self) -> str:
        """The last part of the package's dotted name."""
        return self.package.rpartition(".")[2]

    def as_words(self) -> dict[str, str]:
        """Return the words that stand in the templates as `$word`."""
        snake = "_".join(_WORD.findall(self.aggregate)).lower()
        return {
            "package": self.package,
            "label": self.label,
            "Label": self.label.title().replace("_", ""),
            "Aggregate": self.aggregate,
            "aggregate": snake,
            "aggregates": _plural(snake),
            "noun": snake.replace("_", " "),
            "nouns": _plural(snake).replace("_", " "),
            "rows": f"{self.aggregate}Row".lower(),
        }


def checked_package(name: str, *, root: Path) -> str:
    """Return the dotted name, or raise ComponentNameError where no component can bear it.

    `root` is the folder that the first part of the name stands in.
    """
    _refuse_what_is_no_name(name)
    _refuse_taken_labels(name)
    _refuse_modules_from_elsewhere(name, root)
    _refuse_what_exists(name, root)
    _refuse_unsound_folders(name, root)
    return name


def checked_aggregate(name: str, *, taken: Mapping[str, Collection[str]]) -> str:
    """Return the name, or raise AggregateNameError where it clashes with one that is taken.

    `taken` holds the names that each of the WORDS_OF_AGGREGATES must not be.
    """
    if not _AGGREGATE.fullmatch(name):
        raise AggregateNameError(name, "it is not in CamelCase")
    if name.startswith("Test"):
        raise AggregateNameError(name, "pytest takes classes that begin with 'Test' for tests")
    words = Names(package="", aggregate=name).as_words()
    for kind in WORDS_OF_AGGREGATES:
        word = words[kind]
        if keyword.iskeyword(word) or word in dir(builtins):
            raise AggregateNameError(name, f"Python has a {word!r} of its own")
        if word in taken.get(kind, ()):
            raise AggregateNameError(name, f"the files use {word!r} for something else")
    return name


def _refuse_what_is_no_name(name: str) -> None:
    if not _SEPARATORS.isdisjoint(name):
        raise ComponentNameError(
            name,
            "it is a path, and not the dotted name of a package",
            advice="Write components.invoicing, and the folder above it with --directory.",
        )
    for part in name.split("."):
        if keyword.iskeyword(part):
            raise ComponentNameError(
                name, f"{part!r} is a word of Python's own", advice="Choose another word."
            )
        if not _PART.fullmatch(part):
            spelling = "is not made of small letters, digits and underscores, a letter first"
            raise ComponentNameError(
                name,
                f"{part!r} {spelling}" if part else "a part of it is empty",
                advice="Write a dotted name such as components.invoicing.",
            )


def _refuse_taken_labels(name: str) -> None:
    label = name.rpartition(".")[2]
    if label in _TAKEN_LABELS:
        raise ComponentNameError(
            name, f"{label!r} is taken: {_TAKEN_LABELS[label]}", advice="Choose another word."
        )
    if label in apps.app_configs:
        raise ComponentNameError(
            name,
            f"the installed app {apps.app_configs[label].name} has the label {label!r}",
            advice="Labels are unique in a project: choose another word.",
        )


def _refuse_modules_from_elsewhere(name: str, root: Path) -> None:
    """Refuse a first part that Python or an installed package has: one would hide the other."""
    first = name.partition(".")[0]
    if first in sys.stdlib_module_names:
        raise ComponentNameError(
            name, f"{first!r} is a module of Python's own", advice="Choose another word."
        )
    spec = find_spec(first)
    if spec is None:
        return
    places = [Path(place).resolve() for place in spec.submodule_search_locations or ()]
    if root / first not in places:
        raise ComponentNameError(
            name,
            f"{first!r} is the module at {places[0] if places else spec.origin}",
            advice=f"Choose another word, or run the command in the folder above {first!r}.",
        )


def _refuse_what_exists(name: str, root: Path) -> None:
    target = root.joinpath(*name.split("."))
    for place in (target, target.with_suffix(".py")):
        if place.exists():
            raise ComponentNameError(
                name, f"{place} exists", advice="Choose another name, or move that away."
            )


def _refuse_unsound_folders(name: str, root: Path) -> None:
    for app in apps.app_configs.values():
        if name.startswith(f"{app.name}."):
            raise ComponentNameError(
                name, f"it would stand inside the app {app.name}", advice="Put it beside that app."
            )
    for folder in root.joinpath(*name.split(".")).parents[: name.count(".")]:
        if folder.exists() and not (folder / "__init__.py").exists():
            raise ComponentNameError(
                name,
                f"{folder} has no __init__.py, and import graphs skip such folders",
                advice="Add an empty one, and run the command again.",
            )


def _plural(noun: str) -> str:
    if re.search(r"(s|x|z|ch|sh)$", noun):
        return f"{noun}es"
    if re.search(r"[^aeiou]y$", noun):
        return f"{noun[:-1]}ies"
    return f"{noun}s"
