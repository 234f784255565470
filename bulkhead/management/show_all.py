"""`showmigrations`, for all databases."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.db import DEFAULT_DB_ALIAS
from django.db.migrations.loader import MigrationLoader

from bulkhead.errors import listed
from bulkhead.management.destinations import (
    databases_of_app,
    let_database_be_all,
    migrated_databases,
    refuse,
    residents,
    unreachable,
)
from bulkhead.management.rewritten_output import RewrittenOutput, planning_only
from bulkhead.migrating import teach_django_about_components


class ShowAllDatabases(BaseCommand):
    """Without --database, shows the migrations of each database, those of its own apps alone.

    Combine it with another app's command: `class Command(ShowAllDatabases, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Let --database be left out, for all."""
        super().add_arguments(parser)
        let_database_be_all(parser, instead="Shows the migrations of this database alone.")

    def handle(self, *args: object, **options: Any) -> None:
        """Show one database after the other."""
        teach_django_about_components()
        wanted = options["app_label"]
        alias = options["database"]
        aliases = [alias] if alias else _homes_of(wanted)
        down = unreachable(aliases)
        for name in aliases:
            if alias is None and aliases != [DEFAULT_DB_ALIAS]:
                self.stdout.write(f"Database {name!r}:", self.style.MIGRATE_HEADING)
            if name in down:
                self.stdout.write(f" (can't be reached: {down[name]})", self.style.ERROR)
            else:
                self._show(name, args, options)
        refuse(down, so="Their migrations are not shown.")

    def _show(self, alias: str, args: tuple[object, ...], options: dict[str, Any]) -> None:
        here = residents(alias)
        wanted = options["app_label"] or sorted(_migrated_apps() & here)
        away = [label for label in wanted if _is_installed(label) and label not in here]
        if options["database"] is not None:
            self._say_where_they_are(away, alias)
        labels = [label for label in wanted if label not in away]
        if not wanted:
            self.stdout.write(" (no migrations)", self.style.ERROR)
        if not labels:
            return
        before = self.stdout
        self.stdout = RewrittenOutput(before, planning_only(here))
        try:
            super().handle(*args, **{**options, "database": alias, "app_label": labels})
        finally:
            self.stdout = before

    def _say_where_they_are(self, labels: list[str], alias: str) -> None:
        for label in labels:
            homes = listed(map(repr, databases_of_app(label)))
            self.stdout.write(f"{label!r} does not migrate in {alias!r}, but in: {homes}.")


def _homes_of(labels: list[str]) -> list[str]:
    """Return the databases in which any of these apps migrates, or all for none."""
    if not labels:
        return migrated_databases()
    homes = [alias for label in labels if _is_installed(label) for alias in databases_of_app(label)]
    return list(dict.fromkeys(homes)) or [DEFAULT_DB_ALIAS]


def _is_installed(label: str) -> bool:
    return label in {app_config.label for app_config in apps.get_app_configs()}


def _migrated_apps() -> set[str]:
    loader = MigrationLoader(None, load=False)
    loader.load_disk()
    return loader.migrated_apps
