"""Which database a command means that works on one of them, and how it is told by a label."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections, router

from bulkhead.components import (
    ComponentConfig,
    component_of_table,
    find_component,
    get_component,
    installed_components,
)
from bulkhead.errors import UnknownComponentError, listed
from bulkhead.management.destinations import databases_of_app


def let_database_be_found(parser: CommandParser, *, instead: str) -> None:
    """Make None the default of --database: the one that the other arguments mean."""
    option = parser._option_string_actions["--database"]
    option.default = None
    option.help = f"{option.help} {instead}"


def let_database_be_a_component(parser: CommandParser) -> None:
    """Let --database take a component's label, too, for the database that it lives in."""
    option = parser._option_string_actions["--database"]
    labels = (component.label for component in installed_components())
    option.choices = tuple(dict.fromkeys((*connections, *labels)))
    option.default = None
    option.help = f"{option.help} A component's label means the database that it lives in."


def database_of(name: str | None) -> str | None:
    """Return the alias that is meant by an alias or, where there is none, by a label."""
    if name is None or name in connections:
        return name
    component = find_component(name)
    return name if component is None else component.database_alias


def component_called(label: str) -> ComponentConfig:
    """Return the component of this label, or raise CommandError."""
    try:
        return get_component(label)
    except UnknownComponentError as error:
        raise CommandError(str(error)) from error


def one_database_of_apps(labels: Iterable[str]) -> str:
    """Return the database of these apps, or raise CommandError where they are in several."""
    homes = {label: databases_of_app(label) for label in labels if label in apps.app_configs}
    aliases = dict.fromkeys(found[0] for found in homes.values() if found)
    if len(aliases) <= 1:
        return next(iter(aliases), DEFAULT_DB_ALIAS)
    places = ", ".join(f"{label!r} in {found[0]!r}" for label, found in sorted(homes.items()))
    msg = (
        f"These apps live in several databases: {places}. SQL is written for one. "
        f"Run the command once for the apps of each."
    )
    raise CommandError(msg)


def has_models_in(label: str, alias: str) -> bool:
    """Return whether any model of this app is in this database, or it has no models at all."""
    if label not in apps.app_configs:
        return True
    models = list(apps.get_app_config(label).get_models())
    return not models or any(router.allow_migrate_model(alias, model) for model in models)


def database_of_tables(tables: Sequence[str]) -> str:
    """Return the database of the component that owns all these tables, else `default`."""
    owners = [component_of_table(table) for table in tables]
    aliases = {DEFAULT_DB_ALIAS if owner is None else owner.database_alias for owner in owners}
    if len(aliases) <= 1:
        return next(iter(aliases), DEFAULT_DB_ALIAS)
    msg = (
        f"These tables are in several databases: {listed(map(repr, aliases))}. "
        f"Run the command once for the tables of each."
    )
    raise CommandError(msg)
