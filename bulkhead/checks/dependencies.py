"""Checks of what components declare that they depend on: E003 to E006."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name

from bulkhead.checks.relations import relations_of_components
from bulkhead.checks.sources import ReadFile, components_alone, files_of_components
from bulkhead.checks.subjects import check
from bulkhead.components import component_of_model, installed_components
from bulkhead.crossings.declarations import cycles, unknown_names
from bulkhead.crossings.installed import labels_in, legacy_apps
from bulkhead.crossings.places import Kind, Places
from bulkhead.references.fields import installed_references

_IDS = {"depends_on": "bulkhead.E003", "depends_on_legacy": "bulkhead.E006"}


@check
def check_declared_names(**_: object) -> list[CheckMessage]:
    """Find declared dependencies that match nothing."""
    return [
        Error(unknown.message, hint=unknown.hint, obj=unknown.component, id=_IDS[unknown.attribute])
        for unknown in unknown_names()
    ]


@check
def check_unused_names(**_: object) -> list[CheckMessage]:
    """Find declared dependencies that no module of the component uses, its tests aside.

    Nothing is called unused where a part of the component can't be read.
    """
    project, files = components_alone(), list(files_of_components())
    used = _used_packages(Places(project), files)
    unread = {file.place.component for file in files if file.facts.unreadable}
    read = {one.label for one in project.components} - unread
    packages = {one.label: one.name for one in installed_components()}
    legacy = {app.label: app.name for app in legacy_apps()}
    return [
        Warning(
            f"{attribute} of {component.label} names {label!r}, and nothing in the component "
            f"imports it or holds its ids, its tests aside.",
            hint=f"Drop the name from {attribute} in {component.name}.apps.",
            obj=component.label,
            id="bulkhead.W004",
        )
        for component in installed_components()
        if component.label in read
        for attribute, known in (("depends_on", packages), ("depends_on_legacy", legacy))
        for label in labels_in(getattr(component, attribute))
        if label in known and (component.label, label) not in used
    ]


@check
def check_cycles(**_: object) -> list[CheckMessage]:
    """Find components that depend on themselves through others."""
    return [
        Error(
            f"These components depend on each other in a circle: "
            f"{' -> '.join((*cycle, cycle[0]))}.",
            hint=(
                "Take one of them out of a depends_on: turn the call around, or compose the two "
                "in the project."
            ),
            obj=cycle[0],
            id="bulkhead.E005",
        )
        for cycle in cycles()
    ]


def _used_packages(places: Places, files: Iterable[ReadFile]) -> set[tuple[str | None, str | None]]:
    """Return who imports whom, holds whose ids, or points at whose legacy models; as labels."""
    imported = {use for file in files for use in _uses_in(file, places)}
    related = {
        (one.source._meta.app_label, one.target._meta.app_label)
        for one in relations_of_components()
        if component_of_model(one.target) is None
    }
    held = {
        (field.model._meta.app_label, field.reference.partition(".")[0])
        for field in installed_references()
    }
    return imported | related | held


def _uses_in(file: ReadFile, places: Places) -> Iterator[tuple[str | None, str | None]]:
    if file.place.kind is Kind.TESTS:
        return
    for one in file.facts.imports:
        yield file.place.component, places.of(one.dotted).owner
