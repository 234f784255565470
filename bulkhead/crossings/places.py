"""The place of a module: what it belongs to, told from its name alone."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from enum import StrEnum

from bulkhead.crossings.description import ComponentDescription, ProjectDescription


class Kind(StrEnum):
    """What a module can belong to; the first nine are inside a component."""

    DOMAIN = "domain"
    DB = "db"
    SERVICE = "service"
    PUBLIC = "public"
    EDGE = "edge"
    APPS = "apps"
    TESTS = "tests"
    NOWHERE = "nowhere"
    INSIDE = "inside"
    SHARED_KERNEL = "shared kernel"
    LEGACY = "legacy app"
    PROJECT = "project"
    BULKHEAD = "bulkhead"
    STANDARD_LIBRARY = "standard library"
    THIRD_PARTY = "third party"


TESTS = "tests"
"""The name of the place that the tests of the project are in."""

MIGRATIONS = "migrations"
"""The name of the place that migrations are in, whoever owns them."""

TEMPLATES = "templates"
FIXTURES = "fixtures"
FILES_OF_DJANGO = (TEMPLATES, FIXTURES)
"""The folders of an app whose files are no modules."""

LAYERS = (Kind.DOMAIN, Kind.DB, Kind.SERVICE, Kind.PUBLIC)

NAMED = {
    **{layer.value: layer for layer in LAYERS},
    "models": Kind.DB,  # where an adopted app still has them
    "migrations": Kind.DB,
    "apps": Kind.APPS,
    "tests": Kind.TESTS,
    "conftest": Kind.TESTS,
}


@dataclass(frozen=True, slots=True)
class Place:
    """What a module belongs to."""

    kind: Kind
    owner: str | None = None
    """The label of the component or legacy app."""

    name: str = ""
    """The edge, `migrations`, the third-party package, the part of Bulkhead, or `tests` of the
    project; in a component without layers, the first name below its package."""

    @property
    def component(self) -> str | None:
        """The label of the component that this place is in."""
        return None if self.kind is Kind.LEGACY else self.owner

    @property
    def word(self) -> str:
        """The place in one word, or two."""
        named = self.name and self.kind in _SAID_BY_NAME
        return self.name if named else self.kind.value


_SAID_BY_NAME = frozenset({Kind.EDGE, Kind.DB, Kind.INSIDE, Kind.LEGACY})


class Places:
    """Tells the place of every module, and of every dotted name in it."""

    def __init__(self, project: ProjectDescription) -> None:
        self._edges = frozenset(project.edges)
        self._components = _by_package(project)
        self._others = {
            **{name: Place(Kind.PROJECT) for name in project.top_level},
            **{root.package: Place(Kind.PROJECT) for root in project.roots},
            **{app.package: Place(Kind.LEGACY, app.label) for app in project.legacy_apps},
            **{package: Place(Kind.SHARED_KERNEL) for package in project.shared_kernels},
            **_tests_beside(project),
            "bulkhead": Place(Kind.BULKHEAD),
        }

    def of(self, dotted: str) -> Place:
        """Return the place of a module, or of a name that is imported from one."""
        package = dotted
        while package:
            if (component := self._components.get(package)) is not None:
                return self._inside(component, dotted[len(package) + 1 :])
            if (place := self._others.get(package)) is not None:
                return _named(place, dotted)
            package = package.rpartition(".")[0]
        return _outside(dotted.partition(".")[0])

    def of_file(self, package: str, folder: str) -> Place:
        """Return the place of a template or fixture of an app."""
        place = self.of(package)
        if place.component is None:
            return place
        return Place(Kind.EDGE, place.owner, folder)

    def _inside(self, component: ComponentDescription, rest: str) -> Place:
        first, *below = rest.split(".")
        if not component.layered:
            return _as_it_is(component.label, first, below)
        if not first:
            return Place(Kind.APPS, component.label)
        if first.startswith("test_") or "tests" in below:
            return Place(Kind.TESTS, component.label)
        if first in self._edges and first not in NAMED:
            return Place(Kind.EDGE, component.label, first)
        kind = NAMED.get(first, Kind.NOWHERE)
        in_migrations = MIGRATIONS in (first, *below[:1]) and kind is Kind.DB
        return Place(kind, component.label, MIGRATIONS if in_migrations else "")


def is_test(module: str) -> bool:
    """Return whether a module is there for tests, as its name tells."""
    *packages, last = module.split(".")
    return (
        "tests" in packages
        or last in {"test", "tests", "conftest"}
        or last.startswith("test_")
        or last.endswith("_test")
    )


def _by_package(project: ProjectDescription) -> dict[str, ComponentDescription]:
    return {
        package: component for component in project.components for package in component.packages
    }


def _tests_beside(project: ProjectDescription) -> dict[str, Place]:
    """Return where the tests of components stand: in `tests`, or in `tests` of a root package."""
    folders = ["tests", *(f"{root.package}.tests" for root in project.roots)]
    return {
        f"{folder}.components.{component.label}": Place(Kind.TESTS, component.label)
        for folder in folders
        for component in project.components
    }


def _as_it_is(label: str, first: str, below: list[str]) -> Place:
    """Return the place in a component without layers."""
    if first == Kind.PUBLIC:
        return Place(Kind.PUBLIC, label)
    if first in _TESTS_BY_NAME or first.startswith("test_") or TESTS in below:
        return Place(Kind.TESTS, label)
    in_migrations = MIGRATIONS in (first, *below[:1])
    return Place(Kind.INSIDE, label, MIGRATIONS if in_migrations else first or "__init__")


_TESTS_BY_NAME = frozenset({"test", "tests", "conftest"})


def _named(place: Place, dotted: str) -> Place:
    if place.kind is Kind.LEGACY and MIGRATIONS in dotted.split("."):
        return Place(Kind.LEGACY, place.owner, MIGRATIONS)
    if place.kind is Kind.PROJECT and is_test(dotted):
        return Place(Kind.PROJECT, None, TESTS)
    if place.kind is Kind.BULKHEAD:
        return Place(Kind.BULKHEAD, None, ".".join(dotted.split(".")[:2]))
    return place


def _outside(package: str) -> Place:
    if package in sys.stdlib_module_names:
        return Place(Kind.STANDARD_LIBRARY)
    return Place(Kind.THIRD_PARTY, None, package)
