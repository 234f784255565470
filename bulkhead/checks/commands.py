"""Checks of the commands that other apps may shadow."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name
from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

from bulkhead.checks.subjects import check
from bulkhead.components import component_databases
from bulkhead.management.migrate_all import MigrateAllDatabases
from bulkhead.management.next_in_order import (
    BULKHEAD,
    apps_before_bulkhead,
    command_class,
    commands_of,
)
from bulkhead.management.show_all import ShowAllDatabases
from bulkhead.management.warn_of_all import WarnOfAllDatabases

MIXINS: Mapping[str, type[BaseCommand]] = {
    "migrate": MigrateAllDatabases,
    "runserver": WarnOfAllDatabases,
    "showmigrations": ShowAllDatabases,
}


@check
def check_commands(**_: object) -> list[CheckMessage]:
    """Find the apps before Bulkhead whose commands win over ours."""
    return [
        _shadowed(name, by=app_name)
        for name, app_name in sorted(_winners().items())
        if name not in MIXINS or not issubclass(command_class(app_name, name), MIXINS[name])
    ]


def _winners() -> dict[str, str]:
    """Return our commands that an app before us has, too, with the first such app."""
    ours = commands_of(apps.get_app_config(BULKHEAD))
    return {
        name: app.name
        for app in reversed(apps_before_bulkhead())
        for name in commands_of(app) & ours
    }


def _shadowed(name: str, *, by: str) -> CheckMessage:
    kind, letter = (Error, "E") if component_databases() - {DEFAULT_DB_ALIAS} else (Warning, "W")
    way_out = f"Move 'bulkhead' before {by!r} in INSTALLED_APPS."
    if mixin := MIXINS.get(name):
        combine = f"{mixin.__module__}.{mixin.__name__}"
        way_out += f" Or let that command inherit from {combine}, too."
    return kind(
        f"The app {by!r} stands before 'bulkhead', so `{name}` is its command, not ours.",
        hint=way_out,
        obj="INSTALLED_APPS",
        id=f"bulkhead.{letter}015",
    )
