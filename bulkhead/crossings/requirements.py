"""What must hold before a project can be judged: no name may match nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from django.apps import AppConfig, apps

from bulkhead.crossings.declarations import unknown_names
from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.files import source_files
from bulkhead.crossings.installed import is_third_party, names_that_match_nothing
from bulkhead.crossings.places import Places
from bulkhead.errors import BulkheadError


class UnsoundProjectError(BulkheadError):
    """A name that was configured matches nothing, or a part of the project would be passed over."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def require_sound_project(project: ProjectDescription, folder: Path) -> None:
    """Raise UnsoundProjectError, with everything that would make a verdict worthless."""
    problems = [
        *_without_components(project),
        *_outside_the_roots(project, folder),
        *wrongly_excluded(project, project.excluded),
        *(f"{one.message} {one.hint}" for one in names_that_match_nothing()),
        *(f"{one.message} {one.hint}" for one in unknown_names()),
    ]
    if problems:
        raise UnsoundProjectError(problems)


def _without_components(project: ProjectDescription) -> Iterator[str]:
    if not project.components:
        yield (
            "No component is installed, so there is nothing to judge. "
            "Add one to INSTALLED_APPS, or take the contract out."
        )


def _outside_the_roots(project: ProjectDescription, folder: Path) -> Iterator[str]:
    roots = {root.package for root in project.roots}
    for app in apps.get_app_configs():
        if not _is_below(app.name, roots) and _is_ours(project, app, folder):
            yield (
                f"The app {app.label!r} is not read: its package {app.name} is in none of the "
                f"root_packages ({', '.join(sorted(roots))}). "
                f'Add "{app.name.partition(".")[0]}" to root_packages of [tool.importlinter].'
            )


def wrongly_excluded(project: ProjectDescription, packages: Iterable[str]) -> Iterator[str]:
    """Yield what is excluded and not there, or must be judged: a component has no blind spots."""
    files = source_files(project.roots)
    folders = {one.module if one.is_package else one.module.rpartition(".")[0] for one in files}
    places = Places(project)
    for package in packages:
        if places.of(package).component is not None:
            yield (
                f'exclude names "{package}", which is in a component. '
                f"Drop the name; what has to stay for now is listed in the ledger."
            )
        elif not any(_is_below(folder, {package}) for folder in folders):
            yield (
                f'exclude names "{package}", and no package that is read has this '
                f"name. Correct or drop it."
            )


def _is_ours(project: ProjectDescription, app: AppConfig, folder: Path) -> bool:
    if any(app.label == component.label for component in project.components):
        return True
    path = Path(app.path).resolve()
    return path.is_relative_to(folder) and not is_third_party(path)


def _is_below(package: str, roots: set[str]) -> bool:
    return any(package == root or package.startswith(f"{root}.") for root in roots)
