"""The dotted paths in the settings: no other value leaves the project."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from importlib.machinery import PathFinder
from typing import Any

DOTTED = re.compile(r"[A-Za-z_]\w*(\.[A-Za-z_]\w*)+")
MODULES = ("INSTALLED_APPS", "ROOT_URLCONF")
"""The settings in which a name without a dot is a module, too."""


def settings_paths() -> list[tuple[str, str]]:
    """Return the dotted paths in the project's settings that lead to something."""
    from django.conf import settings  # noqa: PLC0415

    own = [name for name in dir(settings) if name.isupper() and settings.is_overridden(name)]
    return sorted(
        {
            (name, text)
            for name in own
            for text in texts_in(getattr(settings, name), depth=8)
            if DOTTED.fullmatch(text) or (name in MODULES and text.isidentifier())
            if leads_somewhere(text)
        }
    )


def texts_in(value: Any, depth: int) -> Iterator[str]:
    """Yield the strings in plain containers; a container in itself ends with the depth."""
    if isinstance(value, str):
        yield value
    elif depth and isinstance(value, dict):
        for pair in value.items():
            yield from texts_in(pair, depth - 1)
    elif depth and isinstance(value, (list, tuple, set, frozenset)):
        for item in value:
            yield from texts_in(item, depth - 1)


def leads_somewhere(path: str) -> bool:
    """Return whether a dotted path can be imported; nothing is imported to find out."""
    module, file, rest = longest_module(path.split("."))
    if not module or not rest:
        return bool(module)
    value: Any = sys.modules.get(module)
    if value is None:
        return rest[0] in names_of_file(file)
    try:
        for name in rest:
            value = getattr(value, name)
    except Exception:  # noqa: BLE001 - an attribute that does something when it is read
        return False
    return True


def longest_module(parts: list[str]) -> tuple[str, str, list[str]]:
    """Return the longest part of a path that is a module, its file, and the rest of the path."""
    file, folders = "", None
    for at in range(len(parts)):
        name = ".".join(parts[: at + 1])
        found = sys.modules.get(name) or module_below(folders, name)
        if found is None:
            return ".".join(parts[:at]), file, parts[at:]
        file = str(getattr(found, "origin", ""))
        folders = folders_of(found)
    return ".".join(parts), file, []


def module_below(folders: list[str] | None, name: str) -> Any:
    """Return the spec of a module, without importing the package around it."""
    return PathFinder.find_spec(name, folders) if folders is None or folders else None


def folders_of(found: Any) -> list[str]:
    """Return where the modules below a module, or the spec of one, are looked for."""
    try:
        return list(
            getattr(found, "__path__", getattr(found, "submodule_search_locations", ())) or ()
        )
    except KeyError:  # a namespace in one that is not imported
        return []


def names_of_file(file: str) -> set[str]:
    """Return what the top level of a module binds."""
    try:
        with open(file, "rb") as stream:  # noqa: PTH123
            body = ast.parse(stream.read()).body
    except (OSError, SyntaxError, ValueError):
        return set()
    names: set[str] = set()
    for node in body:
        if isinstance(node, (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)):
            names.add(node.name)
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            names.update(alias.asname or alias.name for alias in node.names)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names.update(target.id for target in targets if isinstance(target, ast.Name))
    return names
