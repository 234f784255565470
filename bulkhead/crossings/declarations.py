"""What the configs of the installed components declare, and what of it can't be meant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from bulkhead.components import installed_components
from bulkhead.crossings.installed import labels_in, legacy_apps
from bulkhead.errors import listed

Attribute = Literal["depends_on", "depends_on_legacy"]
ATTRIBUTES: tuple[Attribute, ...] = ("depends_on", "depends_on_legacy")


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownName:
    """A label in `depends_on` or `depends_on_legacy` that matches nothing."""

    component: str
    attribute: Attribute
    label: str
    message: str
    hint: str


class Declaring(Protocol):
    """A component, as its config or as a description of it."""

    @property
    def label(self) -> str:
        """Its label."""

    @property
    def depends_on(self) -> tuple[str, ...]:
        """The components whose `public` it may import."""

    @property
    def depends_on_legacy(self) -> tuple[str, ...]:
        """The legacy apps that it still imports."""


def unknown_names() -> list[UnknownName]:
    """Return the declared names that match nothing, in the order of INSTALLED_APPS."""
    return unknown_names_of(installed_components(), {app.label for app in legacy_apps()})


def unknown_names_of(declaring: Sequence[Declaring], legacy: set[str]) -> list[UnknownName]:
    """Return the names that these components declare and that match nothing, in their order."""
    components = {component.label for component in declaring}
    return [
        unknown
        for component in declaring
        for unknown in (
            *_without_labels(component),
            *_unknown_components(component, components, legacy),
            *_unknown_legacy(component, components, legacy),
        )
    ]


def cycles() -> list[tuple[str, ...]]:
    """Return the shortest cycle of `depends_on` through each component that is in one.

    Each cycle is there once, and begins with the first of its labels.
    """
    depends_on = {one.label: labels_in(one.depends_on) for one in installed_components()}
    found = {}
    for label in sorted(depends_on):
        if cycle := _way_back(label, depends_on):
            first = cycle.index(min(cycle))
            turned = (*cycle[first:], *cycle[:first])
            found[frozenset(turned)] = turned
    return sorted(found.values())


def _without_labels(component: Declaring) -> Iterator[UnknownName]:
    """Yield what is no tuple of labels; Python would read a string as its letters."""
    for attribute in ATTRIBUTES:
        declared: object = getattr(component, attribute)
        if declared and not labels_in(declared):
            yield UnknownName(
                component=component.label,
                attribute=attribute,
                label=str(declared),
                message=f"{attribute} of {component.label} is {declared!r}, no tuple of labels.",
                hint=f'Write it as: {attribute} = ("one", "two"), or ("one",) for a single label.',
            )


def _unknown_components(
    component: Declaring, components: set[str], legacy: set[str]
) -> Iterator[UnknownName]:
    for label in labels_in(component.depends_on):
        if label in components - {component.label}:
            continue
        if label == component.label:
            what, hint = "which is the component itself", "Drop the name."
        elif label in legacy:
            what = "which is a legacy app"
            hint = "Move the name to depends_on_legacy."
        else:
            what = "and no component has this label"
            hint = f"Installed components: {listed(components)}. Correct the name, or install it."
        yield _unknown(component, "depends_on", label, what, hint)


def _unknown_legacy(
    component: Declaring, components: set[str], legacy: set[str]
) -> Iterator[UnknownName]:
    for label in labels_in(component.depends_on_legacy):
        if label in legacy:
            continue
        if label in components:
            what, hint = "which is a component", "Move the name to depends_on."
        else:
            what = "and no legacy app has this label"
            hint = f"Legacy apps of this project: {listed(legacy)}. Correct or drop the name."
        yield _unknown(component, "depends_on_legacy", label, what, hint)


def _unknown(
    component: Declaring, attribute: Attribute, label: str, what: str, hint: str
) -> UnknownName:
    return UnknownName(
        component=component.label,
        attribute=attribute,
        label=label,
        message=f"{attribute} of {component.label} names {label!r}, {what}.",
        hint=hint,
    )


def _way_back(label: str, depends_on: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the shortest way from a label back to itself, without its end; () if none."""
    ways: list[tuple[str, ...]] = [(label,)]
    seen: set[str] = set()
    for way in ways:
        following = set(depends_on.get(way[-1], ()))
        if label in following and len(way) > 1:
            return way
        new = following - seen - {label}
        seen |= new
        ways.extend((*way, one) for one in sorted(new))
    return ()
