"""Checks of the packages and the config of each component: E001, E002, E007 to E009."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from django.apps import AppConfig, apps
from django.core.checks import CheckMessage, Error
from django.db import DEFAULT_DB_ALIAS

from bulkhead.checks.sources import components_alone
from bulkhead.checks.subjects import check
from bulkhead.components import ComponentConfig, Seal, installed_components
from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.files import bare_folders, source_files
from bulkhead.crossings.installed import names_that_match_nothing
from bulkhead.crossings.places import Places
from bulkhead.crossings.structure import Fault, StructureSource
from bulkhead.errors import listed

_LABEL = re.compile(r"[a-z][a-z0-9_]*")
SEALS = get_args(Seal)


@check
def check_folders(**_: object) -> list[CheckMessage]:
    """Find folders of components that hold Python files and are no package."""
    project = components_alone()
    faults = _structure(project).bare_folders(bare_folders(project.roots))
    return [_message(fault, "bulkhead.E001") for fault in faults]


@check
def check_modules(**_: object) -> list[CheckMessage]:
    """Find modules of components that belong to no layer."""
    project = components_alone()
    faults = _structure(project).strays(source_files(project.roots))
    return [_message(fault, "bulkhead.E002") for fault in faults]


@check
def check_labels(**_: object) -> list[CheckMessage]:
    """Find labels that can't name a database, a URL and an environment variable."""
    return [
        Error(
            f"The label of the component {component.name} is {component.label!r}. A label is the "
            f"name of a database, a part of URLs and of environment variables.",
            hint=(
                f"Set `label` in {type(component).__name__} to lower-case letters, digits and _, "
                f'a letter first. "{DEFAULT_DB_ALIAS}" is taken: it is what no component owns.'
            ),
            obj=component.label,
            id="bulkhead.E007",
        )
        for component in installed_components()
        if not _LABEL.fullmatch(component.label) or component.label == DEFAULT_DB_ALIAS
    ]


@check
def check_configs(**_: object) -> list[CheckMessage]:
    """Find apps that declare a ComponentConfig, and are installed without it."""
    return [
        Error(
            f"The app {app.label!r} is installed with {type(app).__name__}, and not with its "
            f"{config.__name__}: it is no component, and its tables are in every database.",
            hint=(
                f'Write "{config.__module__}.{config.__name__}" in INSTALLED_APPS, '
                f"or take `default = False` out of it."
            ),
            obj=app.label,
            id="bulkhead.E008",
        )
        for app in apps.get_app_configs()
        for config in _overlooked_configs(app)
    ]


@check
def check_seals(**_: object) -> list[CheckMessage]:
    """Find seals that are none."""
    return [
        Error(
            f"The component {component.label!r} declares the seals {component.seals!r}. "
            f"There are these: {listed(SEALS)}.",
            hint=f'Write a tuple of them, such as: seals = ("{SEALS[0]}",)',
            obj=component.label,
            id="bulkhead.E009",
        )
        for component in installed_components()
        if not _are_seals(component.seals)
    ]


@check
def check_configured_names(**_: object) -> list[CheckMessage]:
    """Find names in the setting BULKHEAD that match nothing."""
    if not components_alone().components:
        return []
    return [
        Error(unmatched.message, hint=unmatched.hint, obj="BULKHEAD", id="bulkhead.E080")
        for unmatched in names_that_match_nothing()
    ]


def _structure(project: ProjectDescription) -> StructureSource:
    return StructureSource(project, Places(project), Path.cwd())


def _message(fault: Fault, identity: str) -> Error:
    return Error(
        f"{fault.what} {fault.explanation.sentence}",
        hint=f"{fault.explanation.way_out} Possible: {fault.explanation.possible}.",
        obj=fault.file,
        id=identity,
    )


def _overlooked_configs(app: AppConfig) -> Iterator[type[ComponentConfig]]:
    """Yield the component's configs in the `apps` of an app that is not installed as one."""
    module = sys.modules.get(f"{app.name}.apps")
    if module is None or isinstance(app, ComponentConfig):
        return
    for config in vars(module).values():
        if not isinstance(config, type) or not issubclass(config, ComponentConfig):
            continue
        if config.__dict__.get("name") == app.name:
            yield config


def _are_seals(declared: object) -> bool:
    return isinstance(declared, (tuple, list)) and all(seal in SEALS for seal in declared)
