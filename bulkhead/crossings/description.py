"""A project as the rules see it: plain data, whoever describes it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentDescription:
    """One component: its packages, and what its config declares."""

    label: str
    packages: tuple[str, ...]
    depends_on: tuple[str, ...] = ()
    depends_on_legacy: tuple[str, ...] = ()
    has_service: bool = True
    seals: tuple[str, ...] = ()
    layered: bool = True
    """False for one that is declared over apps as they are: all that is asked of it is to be
    reached through its `public`.
    """


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyDescription:
    """A first-party Django app that is no component."""

    label: str
    package: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRoot:
    """A package of the project, and the folder that holds its modules."""

    package: str
    folder: Path
    """A file, for a module that stands alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectDescription:
    """All that must be known to tell the place of a module, and to judge an import."""

    components: tuple[ComponentDescription, ...] = ()
    legacy_apps: tuple[LegacyDescription, ...] = ()
    roots: tuple[SourceRoot, ...] = ()
    top_level: tuple[str, ...] = ()
    """Packages and modules that stand in the project's folder, whether they are read or not."""

    excluded: tuple[str, ...] = ()
    """Packages below the roots that are not read."""

    shared_kernels: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    domain_libraries: tuple[str, ...] = ()

    def component(self, label: str | None) -> ComponentDescription:
        """Return the component of this label, which is one of the project's."""
        [found] = [component for component in self.components if component.label == label]
        return found

    def depends(self, label: str, on: str) -> bool:
        """Return whether one component depends on another, be it through others."""
        depends_on = {one.label: one.depends_on for one in self.components}
        reached: set[str] = set()
        waiting = [label]
        while waiting:
            for following in depends_on.get(waiting.pop(), ()):
                if following not in reached:
                    reached.add(following)
                    waiting.append(following)
        return on in reached
