"""The packages of a project, found in its folders; nothing is imported."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bulkhead.crossings.description import SourceRoot
from bulkhead.crossings.started import StartedApp, StartedProject

INSTALLED = frozenset({"site-packages", "dist-packages"})
TESTS = frozenset({"tests", "test"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Sources:
    """Where the modules of a project are."""

    roots: tuple[SourceRoot, ...]
    top_level: tuple[str, ...]
    excluded: tuple[str, ...]


def project_sources(started: StartedProject, folder: Path) -> Sources:
    """Return what can be imported from below the project's folder.

    A folder without `__init__.py` is read where it holds an app or another module that the project
    names, or tests: the others hold scripts, documents and the like.
    """
    entries = _entries_below(started.search_path, folder)
    named = frozenset(_modules_that_are_named(started))
    found = {root.package: root for entry in entries for root in _roots_in(entry, named)}
    return Sources(
        roots=tuple(found[package] for package in sorted(found)),
        top_level=tuple(sorted(found)),
        excluded=tuple(sorted(_known_by_another_name(entries, named))),
    )


def package_sources(started: StartedProject, packages: Iterable[str]) -> Sources:
    """Return these packages, wherever they are installed."""
    found = {
        package: SourceRoot(package=package, folder=place)
        for package in packages
        if (place := place_of(package, started)) is not None
    }
    top_level = {package.partition(".")[0] for package in found}
    return Sources(
        roots=tuple(found[package] for package in sorted(found)),
        top_level=tuple(sorted(top_level)),
        excluded=(),
    )


def place_of(name: str, started: StartedProject) -> Path | None:
    """Return the folder of a package or the file of a module, None where there is none."""
    for app in started.apps:
        if app.package == name or app.package.startswith(f"{name}."):
            above = app.package.count(".") - name.count(".")
            return [Path(app.path), *Path(app.path).parents][above]
    parts = name.split(".")
    for entry in map(Path, started.search_path):
        folder = entry.joinpath(*parts)
        if _is_package(folder) or (folder.is_dir() and _holds_modules(folder)):
            return folder
        if (file := folder.parent / f"{parts[-1]}.py").is_file():
            return file
    return None


def own_apps(
    apps: Iterable[StartedApp], folder: Path, packages: Collection[str]
) -> tuple[StartedApp, ...]:
    """Return the apps in these packages; without any, those that are written in the folder."""
    return tuple(
        app
        for app in apps
        if (is_in(app.package, packages) if packages else is_below(Path(app.path), folder))
    )


def is_in(package: str, packages: Iterable[str]) -> bool:
    """Return whether a package is one of these, or in one."""
    return any(package == one or package.startswith(f"{one}.") for one in packages)


def is_below(place: Path, folder: Path) -> bool:
    """Return whether a place is written in the project's folder, rather than installed there."""
    place, folder = place.resolve(), folder.resolve()
    return place.is_relative_to(folder) and INSTALLED.isdisjoint(place.relative_to(folder).parts)


def _entries_below(search_path: Iterable[str], folder: Path) -> list[Path]:
    """Return the folders of Python's path that belong to the project, each once."""
    entries = [folder / entry for entry in search_path]
    own = {
        entry.resolve(): entry for entry in entries if entry.is_dir() and is_below(entry, folder)
    }
    return [folder, *(own[place] for place in sorted(own) if place != folder.resolve())]


def _modules_that_are_named(started: StartedProject) -> Iterator[str]:
    yield from (app.package for app in started.apps)
    yield started.settings_module
    yield from (path for _, path in started.settings_paths)
    yield from (url.module for url in started.urls)


def _roots_in(entry: Path, named: Collection[str]) -> Iterator[SourceRoot]:
    wanted = {name.partition(".")[0] for name in named}
    for child in sorted(entry.iterdir()):
        name = child.name.removesuffix(".py")
        shadowed = name in sys.stdlib_module_names and name not in wanted
        if name.isidentifier() and not shadowed and _is_source(child, wanted):
            yield SourceRoot(package=name, folder=child)


def _is_source(child: Path, wanted: Collection[str]) -> bool:
    if not child.is_dir():
        return child.suffix == ".py" and child.is_file()
    return _is_package(child) or child.name in wanted or child.name in TESTS


def _is_package(folder: Path) -> bool:
    return (folder / "__init__.py").is_file()


def _holds_modules(folder: Path) -> bool:
    return any(child.suffix == ".py" or _is_package(child) for child in folder.iterdir())


def _known_by_another_name(entries: list[Path], named: Collection[str]) -> Iterator[str]:
    """Yield the packages that are a folder of Python's path: their modules have shorter names."""
    for outer in entries:
        for inner in entries:
            if inner != outer and inner.resolve().is_relative_to(outer.resolve()):
                name = ".".join(inner.resolve().relative_to(outer.resolve()).parts)
                if not any(f"{one}.".startswith(f"{name}.") for one in named):
                    yield name
