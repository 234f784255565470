"""`flush`, for all databases, or for one component's tables."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from bulkhead.errors import listed
from bulkhead.management.chosen_databases import component_called
from bulkhead.management.destinations import (
    left_alone,
    let_database_be_all,
    migrated_databases,
    refuse,
    unreachable,
)
from bulkhead.management.homes import these_apps_alone
from bulkhead.management.stray_rows import count_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a flush of a database would remove."""

    alias: str
    tables: int
    rows: int

    def __str__(self) -> str:
        """Return a line that tells this database from others, of other machines too."""
        connection = connections[self.alias]
        entry = connection.settings_dict
        host = f" on {entry['HOST']}" if entry["HOST"] else ""
        return (
            f"{self.alias!r}: {self.rows} row(s) in {self.tables} table(s) "
            f"({connection.display_name} {str(entry['NAME'])!r}{host})"
        )


class FlushAllDatabases(BaseCommand):
    """Without --database, empties `default` and then every component's database.

    With a component's label, it empties that component's tables alone.
    Combine it with another app's command: `class Command(FlushAllDatabases, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a label, and let --database be left out, for all."""
        super().add_arguments(parser)
        parser.add_argument(
            "component_label", nargs="?", help="Empties the tables of this component alone."
        )
        let_database_be_all(parser, instead="Empties this database alone.")

    def handle(self, *args: object, **options: Any) -> None:
        """Say what would be lost, ask, and empty one database after the other."""
        label = options.pop("component_label", None)
        aliases = _destinations(label, options["database"])
        with ExitStack() as stack:
            if label is not None:
                stack.enter_context(these_apps_alone([label]))
            refuse(unreachable(aliases), so="None was flushed.")
            if options["interactive"] and not self._is_wanted(aliases, label):
                self.stdout.write("Flush cancelled.")
                return
            for place, alias in enumerate(aliases):
                with _noting(alias, aliases[:place]):
                    super().handle(*args, **{**options, "database": alias, "interactive": False})
        if label is None and options["database"] is None and options["verbosity"] >= 1:
            self._name_those_left_alone()

    def _is_wanted(self, aliases: list[str], label: str | None) -> bool:
        """Ask, naming each database with what it holds."""
        contents = "\n".join(f"  {contents_of(alias)}" for alias in aliases)
        what = "all databases" if label is None else f"the component {label!r}"
        if label is None and len(aliases) == 1:
            what = f"the database {aliases[0]!r}"
        answer = input(
            f"You have requested a flush of {what}.\n"
            f"This will IRREVERSIBLY DESTROY all rows in:\n{contents}\n"
            f"Are you sure you want to do this?\n\n"
            f"    Type 'yes' to continue, or 'no' to cancel: "
        )
        return answer == "yes"

    def _name_those_left_alone(self) -> None:
        for alias in left_alone():
            self.stdout.write(
                f"Left alone: {alias!r}, where no component lives. "
                f"Run 'manage.py flush --database {alias}' to flush it."
            )


def contents_of(alias: str) -> Contents:
    """Count the rows that a flush of this database would remove."""
    tables = connections[alias].introspection.django_table_names(
        only_existing=True, include_views=False
    )
    rows = sum(count_rows(table, alias) for table in tables)
    return Contents(alias=alias, tables=len(tables), rows=rows)


def _destinations(label: str | None, alias: str | None) -> list[str]:
    if label is None:
        return migrated_databases() if alias is None else [alias]
    home = component_called(label).database_alias
    if alias not in {None, home}:
        msg = (
            f"{label!r} does not live in {alias!r}, but in {home!r}. None was flushed. "
            f"Leave --database out, or name the right one."
        )
        raise CommandError(msg)
    return [home]


@contextmanager
def _noting(alias: str, done: list[str]) -> Iterator[None]:
    try:
        yield
    except CommandError as error:
        msg = f"{error}\nWhile flushing {alias!r}. Flushed before: {listed(map(repr, done))}."
        raise CommandError(msg) from error.__cause__
