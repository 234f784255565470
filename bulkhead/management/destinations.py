"""Which databases a migration goes to, and which apps live in one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from django.apps import apps
from django.core.management.base import CommandError, CommandParser
from django.db import DEFAULT_DB_ALIAS, Error, connections

from bulkhead.components import ComponentConfig, find_component, installed_components
from bulkhead.errors import listed
from bulkhead.migrating import migrates_in
from bulkhead.routers import primary_of


def migrated_databases() -> list[str]:
    """Return `default`, then every component's database, after those of what it depends on."""
    homes = (component.database_alias for component in _dependencies_first())
    return [alias for alias in dict.fromkeys((DEFAULT_DB_ALIAS, *homes)) if not primary_of(alias)]


def databases_of_app(label: str) -> list[str]:
    """Return where the routers let this app migrate.

    A database that no component lives in counts only where the app has no other.
    """
    app_config = apps.get_app_config(label)
    known = migrated_databases()
    homes = [alias for alias in known if migrates_in(app_config, alias)]
    return homes or [alias for alias in left_alone() if migrates_in(app_config, alias)]


def left_alone() -> list[str]:
    """Return the databases that no component lives in, replicas aside."""
    known = migrated_databases()
    return [alias for alias in connections if alias not in known and not primary_of(alias)]


def residents(alias: str) -> frozenset[str]:
    """Return the labels of the apps that migrate in this database."""
    return frozenset(
        app_config.label for app_config in apps.get_app_configs() if migrates_in(app_config, alias)
    )


def let_database_be_all(parser: CommandParser, *, instead: str) -> None:
    """Make None the default of --database: all databases."""
    option = parser._option_string_actions["--database"]
    option.default = None
    option.help = f"{instead} Without it, all databases take their turn."


def waiting_apps(alias: str) -> list[str]:
    """Return the app of each migration that has still to run in this database."""
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415 - slow to import

    executor = MigrationExecutor(connections[alias])
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return [migration.app_label for migration, _ in plan]


def unreachable(aliases: Iterable[str]) -> dict[str, str]:
    """Return the databases that can't be reached, with what they answer."""
    return {alias: reason for alias in aliases if (reason := _failure_of(alias))}


def refuse(down: Mapping[str, str], *, so: str) -> None:
    """Raise CommandError that names every database that can't be reached, if there is one."""
    if down:
        reasons = " ".join(f"{alias!r} answers: {reason}." for alias, reason in down.items())
        msg = (
            f"Databases that can't be reached: {listed(down)}. {reasons} {so} "
            f"Start them, or correct DATABASES."
        )
        raise CommandError(msg)


def _failure_of(alias: str) -> str | None:
    try:
        connections[alias].ensure_connection()
    except Error as error:
        return " ".join(str(error).split()).rstrip(".") or type(error).__name__
    return None


def _dependencies_first() -> Iterator[ComponentConfig]:
    seen: set[str] = set()

    def visit(component: ComponentConfig) -> Iterator[ComponentConfig]:
        if component.label in seen:
            return
        seen.add(component.label)
        for label in component.depends_on:
            if (needed := find_component(label)) is not None:
                yield from visit(needed)
        yield component

    for component in installed_components():
        yield from visit(component)
