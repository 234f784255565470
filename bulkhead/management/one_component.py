"""`dbshell` and `inspectdb`, for the database that a component lives in."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections

from bulkhead.components import ComponentConfig, find_component
from bulkhead.management.chosen_databases import (
    database_of,
    database_of_tables,
    let_database_be_a_component,
)


class ShellOfComponent(BaseCommand):
    """Takes a component's label, as --database or as the first parameter.

    Combine it with another app's command: `class Command(ShellOfComponent, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Let --database take a label."""
        super().add_arguments(parser)
        let_database_be_a_component(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Open the shell of the component's database."""
        alias, parameters = database_of(options["database"]), options["parameters"]
        if alias is None and parameters and (component := find_component(parameters[0])):
            alias, parameters = component.database_alias, parameters[1:]
        chosen = {"database": alias or DEFAULT_DB_ALIAS, "parameters": parameters}
        super().handle(*args, **{**options, **chosen})


class InspectComponent(BaseCommand):
    """Takes a component's label, as --database or in place of tables.

    Combine it with another app's command: `class Command(InspectComponent, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Let --database take a label."""
        super().add_arguments(parser)
        let_database_be_a_component(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Inspect the component's tables, or those that are named, where they are."""
        alias, tables = database_of(options["database"]), options["table"]
        if alias is None and len(tables) == 1 and (component := find_component(tables[0])):
            alias = component.database_alias
            tables = _tables_there(component)
        chosen = {"database": alias or database_of_tables(tables), "table": tables}
        super().handle(*args, **{**options, **chosen})


def _tables_there(component: ComponentConfig) -> list[str]:
    models = apps.get_app_config(component.label).get_models(include_auto_created=True)
    own = {model._meta.db_table for model in models}
    connection = connections[component.database_alias]
    with connection.cursor() as cursor:
        there = connection.introspection.table_names(cursor, include_views=True)
    if not own & set(there):
        msg = (
            f"The component {component.label!r} has no tables in {component.database_alias!r}. "
            f"Run 'manage.py migrate {component.label}' to make them."
        )
        raise CommandError(msg)
    return sorted(own & set(there))
