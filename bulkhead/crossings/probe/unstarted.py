"""A project that does not start, as far as its text tells of it."""

from __future__ import annotations

import ast
import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from bulkhead.crossings.roots import own_apps, place_of
from bulkhead.crossings.started import StartedApp, StartedProject

_SIGNS = ("models.py", "models/__init__.py", "apps.py", "migrations/__init__.py")
"""What an app has, where no settings can be read."""

_NO_CODE = frozenset({"node_modules", "site-packages", "dist-packages"})

MISSED = (
    "Only what stands in its files is known: its apps are told by {source}.",
    "Not known, and so not followed: the models with their relations, look-ups and reverse "
    "accessors; names of URLs; what the settings lead to.",
)


def project_from_text(
    told: StartedProject, folder: Path, packages: Collection[str] = ()
) -> tuple[StartedProject, tuple[str, ...]]:
    """Return what the files tell, added to what the project could tell, and what that misses.

    The packages are the project's own though they stand elsewhere.
    """
    started = replace(told, search_path=(str(folder), *told.search_path))
    if own_apps(started.apps, folder, packages):
        return started, _missed("Django, which could import them, and not their models")
    listed = tuple(_apps_of(installed_apps(started.settings_module, started), started))
    if own_apps(listed, folder, packages):
        source = f"INSTALLED_APPS in {started.settings_module}, where it is a list of names"
        return replace(started, apps=listed), _missed(source)
    found = tuple(_apps_in(folder))
    return replace(started, apps=found), _missed("folders that have models, migrations or apps.py")


def installed_apps(module: str, started: StartedProject) -> tuple[str, ...]:
    """Return the names in INSTALLED_APPS, as far as they stand there; what is computed is not."""
    return tuple(dict.fromkeys(_Settings(started).lists_of(module).get("INSTALLED_APPS", ())))


class _Settings:
    """Reads lists of strings out of settings, and out of those that they take them from."""

    def __init__(self, started: StartedProject) -> None:
        self._started = started
        self._read: dict[str, dict[str, list[str]]] = {}

    def lists_of(self, module: str) -> dict[str, list[str]]:
        """Return the lists that a module binds, by name; none where there is no such module."""
        if module not in self._read:
            lists = self._read[module] = {}
            for node in _statements(place_of(module, self._started) if module else None):
                self._take(node, lists, module)
        return self._read[module]

    def _take(self, node: ast.stmt, lists: dict[str, list[str]], module: str) -> None:
        match node:
            case ast.ImportFrom():
                taken = self.lists_of(_absolute(node, module))
                names = {alias.name: alias.asname or alias.name for alias in node.names}
                names = {name: name for name in taken} if "*" in names else names
                lists.update({names[name]: [*taken[name]] for name in names if name in taken})
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                lists[name] = [*_strings(node.value, lists)]
            case ast.AugAssign(target=ast.Name(id=name)):
                lists[name] = [*lists.get(name, ()), *_strings(node.value, lists)]
            case ast.Expr(
                value=ast.Call(func=ast.Attribute(value=ast.Name(id=name)), args=[*arguments])
            ):
                added = [text for one in arguments for text in _strings(one, lists)]
                lists[name] = [*lists.get(name, ()), *added]


def _strings(node: ast.expr | None, lists: dict[str, list[str]]) -> Iterator[str]:
    """Yield the strings of a list that is written out, or put together from such lists."""
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.Name(id=name):
            yield from lists.get(name, ())
        case _:
            for part in _parts(node):
                yield from _strings(part, lists)


def _parts(node: ast.expr | None) -> list[ast.expr]:
    match node:
        case ast.List(elts=items) | ast.Tuple(elts=items):
            return items
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [left, right]
        case ast.Starred(value=value):
            return [value]
    return []


def _statements(place: Path | None) -> list[ast.stmt]:
    """Return the statements of a module; of a package, those of its `__init__`."""
    if place is None:
        return []
    try:
        return ast.parse((place / "__init__.py" if place.is_dir() else place).read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return []


def _absolute(node: ast.ImportFrom, module: str) -> str:
    if not node.level:
        return node.module or ""
    around = module.rsplit(".", node.level)[0] if module.count(".") >= node.level else ""
    return f"{around}.{node.module}".strip(".") if node.module else around


def _apps_of(names: Iterable[str], started: StartedProject) -> Iterator[StartedApp]:
    """Yield the apps that these entries of INSTALLED_APPS name, and that have a folder."""
    for name in names:
        place = place_of(name, started)
        if place is not None and place.is_dir():
            yield _app(name, place)
        elif ".apps." in name:
            package = name.partition(".apps.")[0]
            folder = place_of(package, started)
            if folder is not None and folder.is_dir():
                yield _app(package, folder, name.rpartition(".")[2])


def _apps_in(folder: Path) -> Iterator[StartedApp]:
    for name, folders, _ in os.walk(folder):
        below = Path(name)
        folders[:] = sorted(one for one in folders if one.isidentifier() and one not in _NO_CODE)
        if below != folder and any((below / sign).is_file() for sign in _SIGNS):
            yield _app(".".join(below.relative_to(folder).parts), below)


def _app(package: str, folder: Path, config: str = "") -> StartedApp:
    label = _label_in(folder / "apps.py", config) or package.rpartition(".")[2]
    return StartedApp(label=label, package=package, path=str(folder))


def _label_in(file: Path, config: str) -> str:
    """Return the label that a config gives, the one named or the first; "" for none."""
    for node in _statements(file):
        if isinstance(node, ast.ClassDef) and config in {"", node.name}:
            for statement in node.body:
                match statement:
                    case ast.Assign(
                        targets=[ast.Name(id="label")], value=ast.Constant(value=str(label))
                    ):
                        return label
    return ""


def _missed(source: str) -> tuple[str, ...]:
    return tuple(sentence.format(source=source) for sentence in MISSED)
