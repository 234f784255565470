"""The description of a project that was asked from outside, or read from its text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from bulkhead.conf import BulkheadSettings
from bulkhead.crossings.declared import UnusableDeclarationError, declared_settings
from bulkhead.crossings.description import (
    ComponentDescription,
    LegacyDescription,
    ProjectDescription,
)
from bulkhead.crossings.roots import is_in, own_apps, package_sources, place_of, project_sources
from bulkhead.crossings.started import StartedApp, StartedProject
from bulkhead.errors import BulkheadError, listed


class NothingToSurveyError(BulkheadError):
    """No app of the project is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """A project as the rules see it, and what it says to Bulkhead."""

    description: ProjectDescription
    settings: BulkheadSettings
    declared: bool
    """Whether it has components; else each of its apps counts as one."""


def describe_started(
    started: StartedProject, folder: Path, *, packages: Sequence[str] = ()
) -> Described:
    """Return the project; with packages, the apps in these are its own, wherever they stand.

    Raise NothingToSurveyError where there is no such app, UnusableDeclarationError where components
    are declared that can't be meant.
    """
    settings = declared_settings(started.bulkhead, folder)
    own = _own_apps(started, folder, packages)
    layered = [app for app in own if app.is_component]
    plain = [app for app in own if not app.is_component]
    declared = bool(layered or settings.COMPONENTS)
    if declared:
        _require_sound(settings.COMPONENTS, layered, started)
    named = dict(settings.COMPONENTS) if declared else {app.label: (app.package,) for app in plain}
    sources = package_sources(started, packages) if packages else project_sources(started, folder)
    description = ProjectDescription(
        components=(*map(_layered, layered), *_as_they_are(named)),
        legacy_apps=tuple(_legacy(plain, settings.COMPONENTS)) if declared else (),
        roots=sources.roots,
        top_level=sources.top_level,
        excluded=(*sources.excluded, *settings.EXCLUDE),
        shared_kernels=tuple(sorted(_shared_kernels(settings.SHARED_KERNEL, layered))),
        edges=settings.EDGES,
        domain_libraries=settings.DOMAIN_LIBRARIES,
    )
    return Described(description=description, settings=settings, declared=declared)


def _own_apps(
    started: StartedProject, folder: Path, packages: Sequence[str]
) -> tuple[StartedApp, ...]:
    apps = [app for app in started.apps if app.package != "bulkhead"]
    for package in packages:
        if not any(is_in(app.package, [package]) for app in apps):
            msg = (
                f"--package is {package}, and no installed app is in there. "
                f"{_installed(apps)} Name one of these, or a package in them."
            )
            raise NothingToSurveyError(msg)
    own = own_apps(apps, folder, packages)
    if not own:
        msg = (
            f"No installed app stands below {folder}. {_installed(apps)} Run this in the folder "
            f"of the project's manage.py, or name the packages that are yours: --package NAME"
        )
        raise NothingToSurveyError(msg)
    return own


def _installed(apps: Iterable[StartedApp]) -> str:
    packages = {app.package.partition(".")[0] for app in apps} - {"django"}
    return f"Apps are installed from: {listed(packages)}."


def _require_sound(
    components: Mapping[str, Sequence[str]], layered: Iterable[StartedApp], started: StartedProject
) -> None:
    """Refuse a component without a package, a package that is nowhere, or that is in two."""
    owners = {app.package: app.label for app in layered}
    labels = set(owners.values())
    for label, packages in components.items():
        if label in labels:
            _refuse(label, "an installed component has this label", "Choose another label.")
        if not packages:
            _refuse(label, "it has no package", "Name its packages, or drop it.")
        for package in packages:
            _require_found(label, package, started)
            if (owner := owners.setdefault(package, label)) != label:
                _refuse(label, f"its package {package} is in {owner}", "Keep it in one of the two.")


def _require_found(label: str, package: str, started: StartedProject) -> None:
    if place_of(package, started) is None:
        apps = [app.package for app in started.apps if not app.package.startswith("django.")]
        way_out = f"Installed apps: {listed(apps)}. Correct or drop the name."
        _refuse(label, f"its package {package} is nowhere", way_out)


def _refuse(label: str, what: str, way_out: str) -> NoReturn:
    msg = f"COMPONENTS declares {label}, and {what}. {way_out}"
    raise UnusableDeclarationError(msg)


def _layered(app: StartedApp) -> ComponentDescription:
    service = Path(app.path) / "service"
    return ComponentDescription(
        label=app.label,
        packages=(app.package,),
        depends_on=_labels(app.declared.get("depends_on")),
        depends_on_legacy=_labels(app.declared.get("depends_on_legacy")),
        seals=_labels(app.declared.get("seals")),
        has_service=service.is_dir() or service.with_suffix(".py").is_file(),
    )


def _as_they_are(components: Mapping[str, Sequence[str]]) -> Iterator[ComponentDescription]:
    for label, packages in components.items():
        yield ComponentDescription(label=label, packages=tuple(packages), layered=False)


def _legacy(
    apps: Iterable[StartedApp], components: Mapping[str, Sequence[str]]
) -> Iterator[LegacyDescription]:
    taken = [package for packages in components.values() for package in packages]
    for app in apps:
        if not is_in(app.package, taken):
            yield LegacyDescription(label=app.label, package=app.package)


def _shared_kernels(name: str | None, layered: Iterable[StartedApp]) -> set[str]:
    if name is not None:
        return {name}
    return {f"{app.package.rpartition('.')[0]}.shared_kernel".lstrip(".") for app in layered}


def _labels(declared: object) -> tuple[str, ...]:
    if isinstance(declared, (list, tuple)) and all(isinstance(label, str) for label in declared):
        return tuple(declared)
    return ()
