"""The commands that write SQL, for the database that their app or component lives in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS

from bulkhead.errors import listed
from bulkhead.management.chosen_databases import (
    component_called,
    has_models_in,
    let_database_be_found,
    one_database_of_apps,
)
from bulkhead.management.destinations import databases_of_app, migrated_databases
from bulkhead.management.homes import these_apps_alone


class FlushSqlOfComponents(BaseCommand):
    """With a component's label, writes the SQL that empties its tables alone.

    Combine it with another app's command: `class Command(FlushSqlOfComponents, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a label."""
        super().add_arguments(parser)
        parser.add_argument(
            "component_label", nargs="?", help="Writes it for the tables of this component alone."
        )
        let_database_be_found(parser, instead="That of the component, where one is named.")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Choose the database before Django writes its BEGIN and COMMIT."""
        label, alias = options.get("component_label"), options["database"]
        if label is not None:
            alias = alias or component_called(label).database_alias
        self._are_others_left = alias is None
        return super().execute(*args, **{**options, "database": alias or DEFAULT_DB_ALIAS})

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Write SQL for one database, and name the others."""
        label = options.pop("component_label", None)
        others = [alias for alias in migrated_databases() if alias != options["database"]]
        if self._are_others_left and others and options["verbosity"] >= 1:
            self.stderr.write(
                f"This is for {options['database']!r} alone; `flush` empties all. "
                f"For each other one run 'manage.py sqlflush --database', with: {listed(others)}."
            )
        with nullcontext() if label is None else these_apps_alone([label]):
            sql: str | None = super().handle(*args, **options)
        return sql


class MigrationSqlOfApps(BaseCommand):
    """Without --database, writes SQL for the database in which the app migrates.

    Combine it with another app's command: `class Command(MigrationSqlOfApps, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Let --database be left out, for the app's own."""
        super().add_arguments(parser)
        let_database_be_found(parser, instead="Without it, the one in which the app migrates.")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Choose the database before Django writes its BEGIN and COMMIT."""
        chosen = options["database"] or one_database_of_apps([options["app_label"]])
        return super().execute(*args, **{**options, "database": chosen})

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Write it, and say so where it does nothing."""
        _say_where_they_live(self, [options["app_label"]], options)
        sql: str | None = super().handle(*args, **options)
        return sql


class SequenceSqlOfApps(BaseCommand):
    """Without --database, writes SQL for the database in which the apps live.

    Combine it with another app's command: `class Command(SequenceSqlOfApps, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Let --database be left out, for the apps' own."""
        super().add_arguments(parser)
        let_database_be_found(parser, instead="Without it, the one in which the apps live.")

    def execute(self, *args: Any, **options: Any) -> str | None:
        """Choose the database before Django writes its BEGIN and COMMIT."""
        chosen = options["database"] or one_database_of_apps(args)
        return super().execute(*args, **{**options, "database": chosen})

    def handle(self, *args: Any, **options: Any) -> str | None:
        """Write it, and say so where it is for other tables than there are."""
        _say_where_they_live(self, args, options)
        sql: str | None = super().handle(*args, **options)
        return sql


def _say_where_they_live(
    command: BaseCommand, labels: Iterable[str], options: dict[str, Any]
) -> None:
    alias = options["database"]
    away = [label for label in labels if not has_models_in(label, alias)]
    for label in away if options["verbosity"] >= 1 else ():
        homes = listed(map(repr, databases_of_app(label)))
        command.stderr.write(
            f"{label!r} has no tables in {alias!r}, but in: {homes}. "
            f"Leave --database out, or name the right one."
        )
