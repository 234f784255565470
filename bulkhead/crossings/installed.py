"""The description of the project that Django has started."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.machinery import ModuleSpec
from importlib.util import find_spec
from pathlib import Path

from django.apps import AppConfig, apps

from bulkhead.components import ComponentConfig, installed_components
from bulkhead.conf import DEFAULT_EDGES, bulkhead_settings
from bulkhead.crossings.description import (
    ComponentDescription,
    LegacyDescription,
    ProjectDescription,
    SourceRoot,
)
from bulkhead.crossings.places import NAMED

_INSTALLED = frozenset({"site-packages", "dist-packages"})


def describe_project(
    packages: Iterable[str], *, excluded: Iterable[str] = (), folder: Path | None = None
) -> ProjectDescription:
    """Return the started project, with these packages as its sources.

    What else can be imported from below its folder is known to belong to it, and not read.
    """
    settings, read = bulkhead_settings(), tuple(packages)
    components = installed_components()
    return ProjectDescription(
        components=tuple(_described(component) for component in components),
        legacy_apps=tuple(
            LegacyDescription(label=app.label, package=app.name) for app in legacy_apps()
        ),
        top_level=tuple(sorted(_top_level(folder))) if folder else (),
        excluded=(*excluded, *_below(read, settings.EXCLUDE)),
        roots=tuple(root for package in read for root in roots_of(package)),
        shared_kernels=tuple(sorted(_shared_kernels(settings.SHARED_KERNEL, components))),
        edges=settings.EDGES,
        domain_libraries=settings.DOMAIN_LIBRARIES,
    )


def _below(roots: Iterable[str], packages: Iterable[str]) -> Iterator[str]:
    """Yield those packages that would be read."""
    around = tuple(roots)
    for package in packages:
        if any(package == root or package.startswith(f"{root}.") for root in around):
            yield package


def describe_components() -> ProjectDescription:
    """Return the started project, with nothing but its components as sources."""
    return describe_project(component.name for component in installed_components())


def legacy_apps() -> list[AppConfig]:
    """Return the first-party apps that are no components, in the order of INSTALLED_APPS."""
    return [
        app
        for app in apps.get_app_configs()
        if not isinstance(app, ComponentConfig)
        and app.name != "bulkhead"
        and not is_third_party(Path(app.path))
    ]


def labels_in(declared: object) -> tuple[str, ...]:
    """Return the labels that a config declares, none where it is no tuple of strings."""
    if isinstance(declared, (list, tuple)) and all(isinstance(label, str) for label in declared):
        return tuple(declared)
    return ()


def is_third_party(folder: Path) -> bool:
    """Return whether a folder was installed rather than written here."""
    return not _INSTALLED.isdisjoint(folder.parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmatchedName:
    """A name in the setting BULKHEAD that matches nothing."""

    message: str
    hint: str


def names_that_match_nothing() -> list[UnmatchedName]:
    """Return the names in BULKHEAD that were set and match nothing.

    A default that matches nothing is no mistake.
    """
    settings = bulkhead_settings()
    return [
        *(found for edge in settings.EDGES for found in _unmatched_edge(edge)),
        *(
            UnmatchedName(
                message=f'BULKHEAD["DOMAIN_LIBRARIES"] names "{library}", which is not installed.',
                hint="Correct or drop the name, or install the package.",
            )
            for library in settings.DOMAIN_LIBRARIES
            if not _exists(library)
        ),
        *_unmatched_kernel(settings.SHARED_KERNEL),
    ]


def _unmatched_edge(name: str) -> Iterator[UnmatchedName]:
    if name in NAMED:
        yield UnmatchedName(
            message=f'BULKHEAD["EDGES"] names "{name}", which is a place of its own, and no edge.',
            hint="Drop the name.",
        )
    elif name not in DEFAULT_EDGES and not _some_component_has(name):
        yield UnmatchedName(
            message=f'BULKHEAD["EDGES"] names "{name}", and no component has such a module.',
            hint="Correct or drop the name.",
        )


def _unmatched_kernel(name: str | None) -> Iterator[UnmatchedName]:
    if name is None:
        return
    if not _exists(name):
        yield UnmatchedName(
            message=f'BULKHEAD["SHARED_KERNEL"] is "{name}", and there is no such package.',
            hint="Correct the name, or drop the setting.",
        )
    elif (app := _app_around(name)) is not None:
        yield UnmatchedName(
            message=f'BULKHEAD["SHARED_KERNEL"] is "{name}", which is in the app {app.label!r}.',
            hint="Make it a package of its own, beside the components, which is no app.",
        )


def _app_around(package: str) -> AppConfig | None:
    for app in apps.get_app_configs():
        if f"{package}.".startswith(f"{app.name}."):
            return app
    return None


def _described(component: ComponentConfig) -> ComponentDescription:
    return ComponentDescription(
        label=component.label,
        packages=(component.name,),
        depends_on=labels_in(component.depends_on),
        depends_on_legacy=labels_in(component.depends_on_legacy),
        seals=labels_in(component.seals),
        has_service=_exists(f"{component.name}.service"),
    )


def _shared_kernels(name: str | None, components: Iterable[ComponentConfig]) -> set[str]:
    """Return the package that is set, else those beside the components, be they there or not."""
    if name is not None:
        return {name}
    return {
        f"{component.name.rpartition('.')[0]}.shared_kernel".lstrip(".") for component in components
    }


def _some_component_has(edge: str) -> bool:
    exist = (_exists(f"{component.name}.{edge}") for component in installed_components())
    return edge.isidentifier() and any(exist)


def roots_of(package: str) -> Iterator[SourceRoot]:
    """Yield the folders of a package; a namespace can have several."""
    spec = find_spec(package)
    for folder in (spec and spec.submodule_search_locations) or ():
        yield SourceRoot(package=package, folder=Path(folder))


def _top_level(folder: Path) -> set[str]:
    """Return what stands in those entries of Python's path that are below the project's folder."""
    entries = {Path(entry).resolve() for entry in sys.path}
    return {
        name
        for entry in entries
        if entry.is_dir() and _is_written_in(folder, entry)
        for name in {child.name.removesuffix(".py") for child in entry.iterdir()}
        if name not in sys.stdlib_module_names and _is_found_in(folder, name)
    }


def _is_found_in(folder: Path, name: str) -> bool:
    """Return whether Python takes this top-level name from the folder, and not from elsewhere."""
    spec = _spec_of(name) if name.isidentifier() else None
    places = [] if spec is None else spec.submodule_search_locations or [str(spec.origin)]
    return any(_is_written_in(folder, Path(place).resolve()) for place in places)


def _is_written_in(folder: Path, place: Path) -> bool:
    return place.is_relative_to(folder) and not is_third_party(place)


def _exists(name: str) -> bool:
    return _spec_of(name) is not None


def _spec_of(name: str) -> ModuleSpec | None:
    try:
        return find_spec(name)
    except (ImportError, ValueError):  # a parent that is missing, or no name of a module
        return None
