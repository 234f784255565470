"""`migrate`, for all databases."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.migrations.recorder import MigrationRecorder

from bulkhead.errors import listed
from bulkhead.management.content_types import (
    Target,
    home_of_content_types,
    rename_content_types,
    write_content_types,
)
from bulkhead.management.destinations import (
    databases_of_app,
    left_alone,
    let_database_be_all,
    migrated_databases,
    refuse,
    residents,
    unreachable,
)
from bulkhead.management.rewritten_output import RewrittenOutput, naming_only
from bulkhead.migrating import recorded_migrations, teach_django_about_components
from bulkhead.routers import primary_of

_ONLY_LOOKS = ("plan", "check_unapplied", "prune")


class MigrateAllDatabases(BaseCommand):
    """Without --database, migrates `default` and then every component's database.

    With an app label, it goes where the routers let that app migrate.
    Combine it with another app's command: `class Command(MigrateAllDatabases, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Let --database be left out, for all."""
        super().add_arguments(parser)
        let_database_be_all(parser, instead="Migrates this database alone.")

    def get_check_kwargs(self, options: dict[str, Any]) -> dict[str | None, Any]:
        """Check every database that is to be migrated."""
        aliases = [alias for alias in _destinations(options) if alias in connections]
        return {**super().get_check_kwargs(options), "databases": aliases}

    def handle(self, *args: object, **options: Any) -> None:
        """Migrate one database after the other."""
        teach_django_about_components()
        aliases = _destinations(options)
        if options["database"] is None:
            refuse(unreachable(aliases), so="None was migrated.")
        looks = any(options[option] for option in _ONLY_LOOKS)
        if not looks and not options["fake"]:
            self._keep_renamed_content_types(aliases, options)
        if status := self._migrate_all(aliases, args, options):
            raise SystemExit(status)
        if not looks:
            self._write_content_types(aliases, options)
            self._name_those_left_alone(options)

    def _migrate_all(
        self, aliases: list[str], args: tuple[object, ...], options: dict[str, Any]
    ) -> int:
        """Return the highest exit status of all."""
        names_them = options["database"] is None and aliases != [DEFAULT_DB_ALIAS]
        prints = options["plan"] or not options["check_unapplied"]
        statuses = [0]
        for place, alias in enumerate(aliases):
            if names_them and prints:
                self._say(options, f"Database {alias!r}:", self.style.MIGRATE_HEADING)
            statuses.append(self._migrate(alias, args, options, done=aliases[:place]))
            if names_them and statuses[-1] and not prints:
                self._say(options, f"The database {alias!r} has unapplied migrations.")
        return max(statuses)

    def _migrate(
        self, alias: str, args: tuple[object, ...], options: dict[str, Any], *, done: list[str]
    ) -> int:
        """Return the exit status that the command for this database alone would have."""
        label = options["app_label"]
        if label and label not in residents(alias):
            self._answer_for_an_app_away(alias, options)
            return 0
        with self._telling_the_truth_about(alias), _noting(alias, done):
            try:
                super().handle(*args, **{**options, "database": alias})
            except SystemExit as stop:
                return stop.code if isinstance(stop.code, int) else 1
        return 0

    def _answer_for_an_app_away(self, alias: str, options: dict[str, Any]) -> None:
        label, homes = options["app_label"], databases_of_app(options["app_label"])
        answer = f"{label!r} does not migrate in {alias!r}, but in: {listed(map(repr, homes))}."
        if options["prune"]:
            self._prune_all(alias, options)
        elif options["migration_name"]:
            msg = f"{answer} Leave --database out, or name the right one."
            raise CommandError(msg)
        else:
            self._say(options, f"{answer} Nothing to do here.")

    def _prune_all(self, alias: str, options: dict[str, Any]) -> None:
        """Delete the records of an app that does not live here, left from when it did."""
        label, connection = options["app_label"], connections[alias]
        self._say(options, f"Pruning migrations of {label!r}, which does not migrate in {alias!r}:")
        for app, name in sorted(recorded_migrations(connection)):
            if app == label:
                MigrationRecorder(connection).record_unapplied(app, name)
                self._say(options, f"  Pruned {app}.{name}")

    def _keep_renamed_content_types(self, aliases: list[str], options: dict[str, Any]) -> None:
        target = Target(app_label=options["app_label"], name=options["migration_name"])
        for alias, home in self._away_from_content_types(aliases, options):
            rename_content_types(alias, home=home, target=target)

    def _write_content_types(self, aliases: list[str], options: dict[str, Any]) -> None:
        label = options["app_label"]
        for alias, home in self._away_from_content_types(aliases, options):
            had_nothing_to_do = label is not None and label not in residents(alias)
            if home not in aliases and not had_nothing_to_do:
                write_content_types(
                    alias, home=home, output=self.stdout, verbosity=options["verbosity"]
                )

    def _away_from_content_types(
        self, aliases: list[str], options: dict[str, Any]
    ) -> Iterator[tuple[str, str]]:
        """Yield the databases whose apps have their content types in another, and that one.

        Code that names a database means that one alone: so do test runners, while others are not
        test databases yet.
        """
        home = home_of_content_types()
        if home is None or (options["database"] and not self._is_typed()):
            return
        for alias in aliases:
            if alias != home:
                yield alias, home

    def _name_those_left_alone(self, options: dict[str, Any]) -> None:
        if options["database"] is None and options["app_label"] is None:
            for alias in left_alone():
                self._say(
                    options,
                    f"Left alone: {alias!r}, where no component lives. "
                    f"Run 'manage.py migrate --database {alias}' to migrate it.",
                )

    def _is_typed(self) -> bool:
        return bool(getattr(self, "_called_from_command_line", False))

    def _say(
        self, options: dict[str, Any], message: str, style: Callable[[str], str] | None = None
    ) -> None:
        if options["verbosity"] >= 1:
            self.stdout.write(message, style)

    @contextmanager
    def _telling_the_truth_about(self, alias: str) -> Iterator[None]:
        before = self.stdout
        self.stdout = RewrittenOutput(before, naming_only(residents(alias)))
        try:
            yield
        finally:
            self.stdout = before


def _destinations(options: dict[str, Any]) -> list[str]:
    """Return the databases to migrate, or raise CommandError where there is none."""
    alias, label = options["database"], options["app_label"]
    if label is not None:
        _require_installed(label)
    if alias is not None:
        _refuse_a_replica(alias)
        return [alias]
    if label is None:
        return migrated_databases()
    if homes := databases_of_app(label):
        return homes
    msg = (
        f"The routers let {label!r} migrate in no database. Databases: {listed(connections)}. "
        f"Correct allow_migrate() in DATABASE_ROUTERS."
    )
    raise CommandError(msg)


def _require_installed(label: str) -> None:
    try:
        apps.get_app_config(label)
    except LookupError as error:
        raise CommandError(str(error)) from error


def _refuse_a_replica(alias: str) -> None:
    if primary := primary_of(alias):
        msg = (
            f"{alias!r} is a replica of {primary!r} and is never migrated: migrate {primary!r}. "
            f'In tests, its entry in DATABASES needs TEST = {{"MIRROR": {primary!r}}}.'
        )
        raise CommandError(msg)


@contextmanager
def _noting(alias: str, done: list[str]) -> Iterator[None]:
    try:
        yield
    except Exception as error:
        error.add_note(f"While migrating {alias!r}. Migrated before: {listed(map(repr, done))}.")
        raise
