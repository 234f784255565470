"""Checks of the commands that other apps may shadow."""

from __future__ import annotations

from collections.abc import Mapping

from django.apps import apps
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name
from django.db import DEFAULT_DB_ALIAS
from django.utils.module_loading import import_string

from bulkhead.checks.subjects import check
from bulkhead.components import component_databases
from bulkhead.management.next_in_order import (
    BULKHEAD,
    apps_before_bulkhead,
    command_class,
    commands_of,
)

MIXINS: Mapping[str, str] = {
    "dbshell": "bulkhead.management.one_component.ShellOfComponent",
    "dumpdata": "bulkhead.management.dump_all.DumpAllDatabases",
    "flush": "bulkhead.management.flush_all.FlushAllDatabases",
    "inspectdb": "bulkhead.management.one_component.InspectComponent",
    "loaddata": "bulkhead.management.load_all.LoadAllDatabases",
    "migrate": "bulkhead.management.migrate_all.MigrateAllDatabases",
    "runserver": "bulkhead.management.warn_of_all.WarnOfAllDatabases",
    "showmigrations": "bulkhead.management.show_all.ShowAllDatabases",
    "sqlflush": "bulkhead.management.sql_of_apps.FlushSqlOfComponents",
    "sqlmigrate": "bulkhead.management.sql_of_apps.MigrationSqlOfApps",
    "sqlsequencereset": "bulkhead.management.sql_of_apps.SequenceSqlOfApps",
}


@check
def check_commands(**_: object) -> list[CheckMessage]:
    """Find the apps before Bulkhead whose commands win over ours."""
    return [
        _shadowed(name, by=app_name)
        for name, app_name in sorted(_winners().items())
        if name not in MIXINS or not _is_combined(app_name, name)
    ]


def _winners() -> dict[str, str]:
    """Return our commands that an app before us has, too, with the first such app."""
    ours = commands_of(apps.get_app_config(BULKHEAD))
    return {
        name: app.name
        for app in reversed(apps_before_bulkhead())
        for name in commands_of(app) & ours
    }


def _is_combined(app_name: str, name: str) -> bool:
    return issubclass(command_class(app_name, name), import_string(MIXINS[name]))


def _shadowed(name: str, *, by: str) -> CheckMessage:
    kind, letter = (Error, "E") if component_databases() - {DEFAULT_DB_ALIAS} else (Warning, "W")
    way_out = f"Move 'bulkhead' before {by!r} in INSTALLED_APPS."
    if mixin := MIXINS.get(name):
        way_out += f" Or let that command inherit from {mixin}, too."
    return kind(
        f"The app {by!r} stands before 'bulkhead', so `{name}` is its command, not ours.",
        hint=way_out,
        obj="INSTALLED_APPS",
        id=f"bulkhead.{letter}015",
    )
