"""The rules about places: what an import may reach, and what to do where it may not."""

from __future__ import annotations

from dataclasses import dataclass

from bulkhead.crossings.advice import ways_out_of_a_layer
from bulkhead.crossings.description import ComponentDescription, ProjectDescription
from bulkhead.crossings.places import LAYERS, TESTS, Kind, Place
from bulkhead.crossings.records import Explanation
from bulkhead.crossings.table import (
    LIBRARIES_EVERYWHERE,
    LIBRARIES_IN_PUBLIC,
    PAGES,
    WIRING,
    Packages,
    Row,
    row_of,
)


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a rule says: refused, or allowed and yet a crossing."""

    allowed: bool
    explanation: Explanation
    reason: str = ""
    """Why it is allowed."""


class Rules:
    """Judges imports one at a time, by the places at their two ends."""

    def __init__(self, project: ProjectDescription) -> None:
        self._project = project

    def judge(self, importer: Place, imported: Place, *, at_start: bool = True) -> Judgement | None:
        """Return what is to be said of an import, None where it is no crossing.

        `at_start` says that it runs when its module is imported, not in a function.
        """
        match imported.kind:
            case Kind.STANDARD_LIBRARY | Kind.SHARED_KERNEL:
                return None
            case Kind.THIRD_PARTY:
                return self._package(importer, imported)
            case Kind.BULKHEAD:
                return self._toolkit(importer, imported)
            case Kind.LEGACY | Kind.PROJECT:
                return self._outside(importer, imported)
            case _ if importer.component == imported.component:
                return self._own(importer, imported, at_start=at_start)
            case _:
                return self._other(importer, imported)

    def _package(self, importer: Place, imported: Place) -> Judgement | None:
        allowed = self._libraries(importer)
        if allowed is None or imported.name in allowed:
            return None
        if importer.kind is Kind.PUBLIC:
            sentence = "public hands out plain data, and needs no third-party package for that."
            way_out = "Do this in service, and return plain data from there."
        else:
            sentence = f"{_subject(importer)} is plain Python, and imports no third-party package."
            way_out = (
                f"{_down_here(importer)} "
                'A library for plain classes is named in BULKHEAD["DOMAIN_LIBRARIES"].'
            )
        possible = _listed(["the standard library", "the shared kernel", *sorted(allowed)])
        return _refused("packages", sentence, possible, way_out)

    def _libraries(self, importer: Place) -> set[str] | None:
        """Return the packages that a place may import, None for all of them."""
        plain = {*LIBRARIES_EVERYWHERE, *self._project.domain_libraries}
        if importer.kind is Kind.SHARED_KERNEL:
            return plain
        row = row_of(importer)
        if row is None or row.packages is Packages.ANY:
            return None
        return plain if row.packages is Packages.PLAIN else {*plain, *LIBRARIES_IN_PUBLIC}

    def _toolkit(self, importer: Place, imported: Place) -> Judgement | None:
        parts = () if importer.kind is Kind.SHARED_KERNEL else _toolkit_of(row_of(importer))
        if parts is None or imported.name in parts:
            return None
        return _refused(
            "toolkit",
            f"{_subject(importer)} knows {'little' if parts else 'nothing'} of Bulkhead.",
            _listed(parts) if parts else "nothing of Bulkhead",
            _down_here(importer),
        )

    def _outside(self, importer: Place, imported: Place) -> Judgement | None:
        if importer.kind is Kind.SHARED_KERNEL:
            return _kernel_alone()
        row = row_of(importer)
        if row is None:
            return None
        if imported.kind is Kind.LEGACY:
            return self._legacy(row, importer, str(imported.owner))
        if importer.kind is Kind.TESTS:
            return None
        return _refused(
            "project",
            "A component knows nothing of the project around it.",
            "its own layers, public of other components, the shared kernel",
            "Hand it in from the project, or move it into the component or the shared kernel.",
        )

    def _legacy(self, row: Row, importer: Place, label: str) -> Judgement | None:
        component = self._project.component(importer.component)
        declared = row.imports_legacy and label in component.depends_on_legacy
        where = f"depends_on_legacy of {component.packages[0]}.apps"
        if not row.imports_legacy:
            way_out = "Take an id or a plain value, and let service ask the legacy app."
        else:
            way_out = f'Take an id or a plain value, or add "{label}" to {where} until it is gone.'
        explanation = Explanation(
            rule="legacy",
            sentence=f"{_subject(importer)} imports no legacy app."
            if not row.imports_legacy
            else "A component imports only those legacy apps that its depends_on_legacy lists.",
            possible=_listed(component.depends_on_legacy if row.imports_legacy else ()),
            way_out=way_out,
        )
        return Judgement(declared, explanation, "declared in depends_on_legacy" if declared else "")

    def _own(self, importer: Place, imported: Place, *, at_start: bool) -> Judgement | None:
        row = row_of(importer)
        later = importer.kind is Kind.APPS and not at_start
        if row is None or later or imported.kind is Kind.NOWHERE:
            return None
        component = self._project.component(importer.component)
        allowed = row.own if component.has_service else (*row.own, *row.own_without_service)
        if imported.kind in allowed:
            return None
        words = [_plural(kind) for kind in (*LAYERS, Kind.EDGE, Kind.APPS) if kind in allowed]
        return _refused(
            "layers",
            row.sentence,
            f"of its own component: {_listed(words)}",
            ways_out_of_a_layer(importer.kind, imported.kind),
        )

    def _other(self, importer: Place, imported: Place) -> Judgement | None:
        if importer.kind is Kind.BULKHEAD:
            return None
        if importer.kind is Kind.SHARED_KERNEL:
            return _kernel_alone()
        row = row_of(importer)
        if row is not None and not row.calls_components:
            return self._stays_at_home(imported)
        if importer.kind is Kind.PROJECT and (importer.name == TESTS or imported.word in WIRING):
            return None
        if imported.kind is not Kind.PUBLIC:
            return self._not_public(importer, imported)
        return self._not_listed(importer, imported)

    def _stays_at_home(self, imported: Place) -> Judgement:
        public = f"{self._package_of(imported)}.public"
        return _refused(
            "calls",
            "Only service, the edges and public call another component.",
            "its own component, the shared kernel",
            f"Hold the id, and ask {public} in service.",
        )

    def _not_public(self, importer: Place, imported: Place) -> Judgement:
        package = self._package_of(imported)
        possible = [f"{package}.public"]
        if importer.kind is Kind.PROJECT:
            possible += [f"{package}.{name}" for name in WIRING]
        return _refused(
            "public-only",
            "A component is reached through its public alone.",
            ", ".join(possible),
            _way_to_pages(package)
            if importer.kind in {Kind.PROJECT, Kind.LEGACY} and imported.name in PAGES
            else f"Use what {package}.public offers, or let it offer what is missing.",
        )

    def _not_listed(self, importer: Place, imported: Place) -> Judgement | None:
        if importer.component is None or importer.kind is Kind.TESTS:
            return None
        component, label = self._project.component(importer.component), str(imported.owner)
        if label in component.depends_on:
            return None
        return _refused(
            "depends-on",
            "A component calls only the components that its depends_on lists.",
            _listed(component.depends_on),
            self._way_to_depend(component, label),
        )

    def _way_to_depend(self, component: ComponentDescription, label: str) -> str:
        if self._project.depends(label, on=component.label):
            return (
                f"{label} depends on {component.label} already: "
                f"turn the call around, or compose the two in the project."
            )
        return f'Add "{label}" to depends_on in {component.packages[0]}.apps.'

    def _package_of(self, place: Place) -> str:
        return self._project.component(place.owner).packages[0]


def _refused(rule: str, sentence: str, possible: str, way_out: str) -> Judgement:
    return Judgement(
        allowed=False,
        explanation=Explanation(rule=rule, sentence=sentence, possible=possible, way_out=way_out),
    )


def _way_to_pages(package: str) -> str:
    return (
        f"Mount its pages by the name of their URLs, which route its views: "
        f'include("{package}.urls").'
    )


def _kernel_alone() -> Judgement:
    return _refused(
        "shared-kernel",
        "The shared kernel knows nothing of those who share it.",
        "the standard library, the shared kernel",
        "Move this into the component that it speaks of.",
    )


def _toolkit_of(row: Row | None) -> tuple[str, ...] | None:
    return None if row is None else row.toolkit


def _down_here(importer: Place) -> str:
    """Return where that which a plain place may not do is done."""
    match importer.kind:
        case Kind.SHARED_KERNEL:
            return "Do this in a component."
        case Kind.DOMAIN:
            return "Do this in db or service."
        case _:
            return "Do this in service."


def _plural(kind: Kind) -> str:
    return "edges" if kind is Kind.EDGE else kind.value


def _subject(importer: Place) -> str:
    match importer.kind:
        case Kind.SHARED_KERNEL:
            return "The shared kernel"
        case Kind.DOMAIN:
            return "The domain"
        case _:
            return importer.word


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names) or "none"
