"""How large each component and legacy app is."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.places import Places
from bulkhead.crossings.started import StartedModel


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Size:
    """The size of a component or legacy app."""

    label: str
    apps: tuple[str, ...] = ()
    """Its packages."""

    modules: int = 0
    lines: int = 0
    models: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return it as the JSON of every report has it."""
        return {
            "label": self.label,
            "apps": list(self.apps),
            "modules": self.modules,
            "lines": self.lines,
            "models": self.models,
        }


def sizes_of(
    project: ProjectDescription, lines: Mapping[str, int], models: Iterable[StartedModel] = ()
) -> tuple[Size, ...]:
    """Return the sizes, sorted by label; `lines` has those of each module."""
    places = Places(project)
    modules: dict[str, list[str]] = defaultdict(list)
    for module in lines:
        modules[str(places.of(module).owner)].append(module)
    stored = Counter(places.of(one.symbol).owner for one in models if not one.is_auto_created)
    return tuple(
        Size(
            label=label,
            apps=packages,
            modules=len(modules[label]),
            lines=sum(lines[module] for module in modules[label]),
            models=stored[label],
        )
        for label, packages in sorted(_packages(project).items())
    )


def _packages(project: ProjectDescription) -> dict[str, tuple[str, ...]]:
    legacy = {app.label: (app.package,) for app in project.legacy_apps}
    return {**legacy, **{one.label: one.packages for one in project.components}}
