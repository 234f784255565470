"""Starts a component: checks the names, writes the files, and says what is left to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps

from bulkhead.errors import BulkheadError
from bulkhead.scaffold.layers import Layer, chosen_layers
from bulkhead.scaffold.names import ComponentNameError, Names, checked_aggregate, checked_package
from bulkhead.scaffold.templates import component_files, files_of_tests, taken_names
from bulkhead.scaffold.writing import write_folders


class MissingFolderError(BulkheadError):
    """The folder that a component shall stand in is not there."""

    def __init__(self, folder: Path, package: str) -> None:
        super().__init__(
            f"{package} can't be written into {folder}: there is no such folder. "
            f"Make it, or name another by --directory."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedComponent:
    """A component that has just been written."""

    names: Names
    layers: tuple[Layer, ...]
    folder: Path
    tests: Path


def start_component(
    package: str, *, aggregate: str, layers: Sequence[str], root: Path
) -> StartedComponent:
    """Write a component with these layers below `root`, and its tests.

    The tests go to `tests/components/` where the project has that folder, else into the component.

    Raise MissingFolderError, ComponentNameError, AggregateNameError, UnknownLayerError or
    MissingLayerError before anything is written.
    """
    root = root.resolve()
    if not root.is_dir():
        raise MissingFolderError(root, package)
    chosen = chosen_layers(layers)
    names = Names(
        package=checked_package(package, root=root),
        aggregate=checked_aggregate(aggregate, taken=taken_names()),
    )
    folder = root.joinpath(*package.split("."))
    files = component_files(names, chosen)
    tests = _folder_of_tests(folder, names, root=root)
    tests_here = {f"tests/{path}": text for path, text in files_of_tests(names, chosen).items()}
    if tests.is_relative_to(folder):
        write_folders({folder: files | tests_here})
    else:
        write_folders({folder: files, tests: files_of_tests(names, chosen)})
    return StartedComponent(names=names, layers=chosen, folder=folder, tests=tests)


def _folder_of_tests(folder: Path, names: Names, *, root: Path) -> Path:
    """Return the folder that the tests go to, or raise ComponentNameError where it is taken."""
    together = root / "tests" / "components"
    if not together.is_dir():
        return folder / "tests"
    tests = together / names.label
    if tests.exists():
        raise ComponentNameError(
            names.package, f"{tests} exists", advice="Choose another name, or move that away."
        )
    return tests


def unusable_layers() -> dict[str, str]:
    """Return the layers that can't work in this project yet, each with the reason."""
    reasons = {}
    if find_spec("ninja") is None:
        reasons["api"] = "django-ninja is not installed (pip install 'django-bulkhead[api]')"
    if not apps.is_installed("django.contrib.admin"):
        reasons["admin"] = "django.contrib.admin is not in INSTALLED_APPS"
    return reasons
