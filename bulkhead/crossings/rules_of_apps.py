"""The one rule for apps as they are: another component is reached through its `public` alone."""

from __future__ import annotations

from bulkhead.crossings.description import ComponentDescription, ProjectDescription
from bulkhead.crossings.places import Kind, Place
from bulkhead.crossings.records import Explanation
from bulkhead.crossings.rules import Judgement

_OUTSIDE = frozenset(
    {
        Kind.STANDARD_LIBRARY,
        Kind.THIRD_PARTY,
        Kind.BULKHEAD,
        Kind.SHARED_KERNEL,
        Kind.PROJECT,
    }
)


class RulesOfApps:
    """Judges what ties apps without layers, be they declared as components or not."""

    def __init__(self, project: ProjectDescription) -> None:
        self._project = project
        self._without_layers = {one.label for one in project.components if not one.layered}

    def concern(self, importer: Place, imported: Place) -> bool:
        """Return whether these rules judge, and not those of components with layers."""
        if self._is_as_it_is(importer):
            return True
        if importer.kind is Kind.LEGACY and imported.kind is Kind.LEGACY:
            return True
        around = importer.kind in {Kind.LEGACY, Kind.PROJECT}
        return around and self._is_as_it_is(imported)

    def judge(self, importer: Place, imported: Place) -> Judgement | None:
        """Return what is to be said of a tie, None where it is no crossing.

        What stands in no app wires the apps together, and may reach all of them.
        """
        if (
            imported.kind in _OUTSIDE
            or importer.kind is Kind.PROJECT
            or _one_app(importer, imported)
        ):
            return None
        if imported.kind is Kind.LEGACY:
            return _kept_in_sight(importer)
        return None if imported.kind is Kind.PUBLIC else self._not_public(imported)

    def _is_as_it_is(self, place: Place) -> bool:
        return place.component in self._without_layers

    def _not_public(self, imported: Place) -> Judgement:
        doors = _doors(self._project.component(imported.owner))
        return Judgement(
            allowed=False,
            explanation=Explanation(
                rule="public-only",
                sentence="A component is reached through its public alone.",
                possible=", ".join(doors),
                way_out=f"Let {doors[0]} offer what is needed, as plain data, and use that.",
            ),
        )


def _one_app(importer: Place, imported: Place) -> bool:
    return importer.owner == imported.owner


def _doors(component: ComponentDescription) -> list[str]:
    return [f"{package}.public" for package in component.packages]


def _kept_in_sight(importer: Place) -> Judgement:
    is_legacy = importer.kind is Kind.LEGACY
    return Judgement(
        allowed=True,
        explanation=Explanation(
            rule="legacy",
            sentence="What leads into a legacy app is allowed, and kept in sight.",
            possible="any legacy app",
            way_out="Nothing has to be done.",
        ),
        reason="between legacy apps" if is_legacy else "into a legacy app",
    )
