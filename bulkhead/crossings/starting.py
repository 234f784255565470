"""Starts the project that a tool outside of Django is run in."""

from __future__ import annotations

import ast
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bulkhead.errors import BulkheadError

VARIABLE = "DJANGO_SETTINGS_MODULE"


class ProjectDoesNotStartError(BulkheadError):
    """Django could not be set up, and so nothing could be judged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSettings:
    """The dotted name of the settings, and who said so."""

    module: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How settings are named to the tool that needs them, and what to do where they are not."""

    source: str
    advice: str


CONTRACT = Naming(
    source="django_settings_module of the contract",
    advice='Add to the contract: django_settings_module = "your.settings"',
)


def find_settings(
    named: str | None, *, environ: Mapping[str, str], folder: Path, naming: Naming = CONTRACT
) -> FoundSettings:
    """Return the settings that are named, else those of the environment, else of `manage.py`.

    Raise ProjectDoesNotStartError where nobody names any.
    """
    if named:
        return FoundSettings(module=named, source=naming.source)
    if module := environ.get(VARIABLE):
        return FoundSettings(module=module, source=f"the environment variable {VARIABLE}")
    manage = folder / "manage.py"
    if manage.is_file() and (module := _settings_in(manage)):
        return FoundSettings(module=module, source="manage.py")
    msg = (
        f"No settings are named. Looked at {naming.source}, the "
        f"environment variable {VARIABLE}, and manage.py in {folder}. {naming.advice}"
    )
    raise ProjectDoesNotStartError(msg)


def start_project(settings: FoundSettings) -> None:
    """Set Django up with these settings, or raise ProjectDoesNotStartError with the reason."""
    import django  # noqa: PLC0415 - only where a project is started
    from django.apps import apps  # noqa: PLC0415
    from django.conf import settings as current  # noqa: PLC0415

    if apps.ready:
        _require_the_same(settings, current.SETTINGS_MODULE)
        return
    os.environ[VARIABLE] = settings.module
    try:
        django.setup()
    except (Exception, SystemExit) as error:
        msg = (
            f"The project does not start with the settings {settings.module} (named by "
            f"{settings.source}): {type(error).__name__}: {error}. "
            f"See all of it with: python -c 'import django; django.setup()'"
        )
        raise ProjectDoesNotStartError(msg) from error


def _require_the_same(settings: FoundSettings, started: str | None) -> None:
    """Refuse other settings than those that run; settings without a module can't be compared."""
    if started not in {None, settings.module}:
        msg = (
            f"Django runs with the settings {started} already, and "
            f"{settings.source} names {settings.module}. Name the same in every contract."
        )
        raise ProjectDoesNotStartError(msg)


def _settings_in(manage: Path) -> str | None:
    """Return what `manage.py` sets the variable to, by `setdefault` or by assignment."""
    try:
        tree = ast.parse(manage.read_bytes())
    except (SyntaxError, ValueError):
        return None
    for node in ast.walk(tree):
        match node:
            case ast.Call(
                func=ast.Attribute(attr="setdefault"),
                args=[ast.Constant(value=name), ast.Constant(value=str(module))],
            ) if name == VARIABLE:
                return module
            case ast.Assign(
                targets=[ast.Subscript(slice=ast.Constant(value=name))],
                value=ast.Constant(value=str(module)),
            ) if name == VARIABLE:
                return module
    return None
