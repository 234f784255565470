"""Checks that compare what is recorded in a database with what is there; they ask the database."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from django.conf import settings
from django.core import checks
from django.core.checks import CheckMessage, Error
from django.db import connections, router
from django.db.backends.utils import truncate_name
from django.db.models import ManyToManyField

from bulkhead.checks.subjects import check
from bulkhead.components import ComponentConfig, installed_components
from bulkhead.errors import listed
from bulkhead.management.destinations import unreachable
from bulkhead.management.homes import homes_of_models
from bulkhead.management.stray_rows import in_words, stray_rows
from bulkhead.migrating import migrates_in, recorded_migrations
from bulkhead.routers import primary_of

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ModelState


@check
def check_recorded_migrations(
    databases: Collection[str] | None = None, **_: object
) -> list[CheckMessage]:
    """Find databases that are down, tables that are missing, and records that have no home."""
    primaries = [alias for alias in databases or () if not primary_of(alias)]
    down = unreachable(primaries)
    found: list[CheckMessage] = [_down(alias, reason) for alias, reason in down.items()]
    for alias in primaries:
        if alias not in down:
            found += _missing_tables(alias)
            found += _homeless_records(alias)
    return found


def _down(alias: str, reason: str) -> CheckMessage:
    return Error(
        f"The database {alias!r} can't be reached. It answers: {reason}.",
        hint="Start it, or correct its entry in DATABASES.",
        obj=alias,
        id="bulkhead.E018",
    )


def _missing_tables(alias: str) -> Iterator[CheckMessage]:
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 - slow to import

    at_home = [component for component in installed_components() if migrates_in(component, alias)]
    if not at_home:
        return
    connection = connections[alias]
    loader = MigrationLoader(connection)
    there = _tables(connection)
    for component in at_home:
        if missing := _recorded_tables(component, loader, connection) - there:
            yield Error(
                f"The migrations of {component.label!r} are recorded as applied in {alias!r}, but "
                f"tables are missing there: {listed(missing)}.",
                hint=(
                    f"Point the component to the database that has them, or bring them here. To "
                    f"make them anew, forget the records first: manage.py migrate "
                    f"{component.label} zero --fake --skip-checks --database {alias}"
                ),
                obj=component.label,
                id="bulkhead.E014",
            )


def _homeless_records(alias: str) -> Iterator[CheckMessage]:
    recorded = recorded_migrations(connections[alias])
    homes = homes_of_models()
    for component in installed_components():
        if migrates_in(component, alias):
            continue
        models = component.get_models(include_auto_created=True)
        rows = in_words(stray_rows(models, homes, alias))
        names = [name for label, name in recorded if label == component.label]
        if rows:
            yield _left_rows(component, alias, rows, names)
        elif names:
            yield _left_records(component, alias, names)


def _left_rows(component: ComponentConfig, alias: str, rows: str, names: list[str]) -> CheckMessage:
    label, home = component.label, component.database_alias
    records = f" Its migrations are recorded there, too: {listed(names)}." if names else ""
    return checks.Warning(
        f"Rows of {label!r} are left in {alias!r}, where nothing reads them since the component "
        f"lives in {home!r}: {rows}.{records}",
        hint=(
            f"Let it live in {alias!r} once more for one run of 'manage.py dumpdata {label} "
            f"--output {label}.json', then run 'manage.py loaddata {label}.json' where it lives "
            f'now. Compare, and drop the old tables. The how-to "Give a component its own '
            f'database" has every step.'
        ),
        obj=label,
        id="bulkhead.W019",
    )


def _left_records(component: ComponentConfig, alias: str, names: list[str]) -> CheckMessage:
    return checks.Warning(
        f"Migrations of {component.label!r} are recorded in {alias!r}, where it does not "
        f"migrate: {listed(names)}. It has no rows there.",
        hint=(
            f"Forget them: manage.py migrate {component.label} --prune --database {alias}. "
            f"Tables that it has there are left as they are."
        ),
        obj=component.label,
        id="bulkhead.W019",
    )


def _tables(connection: BaseDatabaseWrapper) -> set[str]:
    with connection.cursor() as cursor:
        return set(connection.introspection.table_names(cursor, include_views=True))


def _recorded_tables(
    component: ComponentConfig, loader: MigrationLoader, connection: BaseDatabaseWrapper
) -> set[str]:
    """Return the tables that this component has after the migrations that are recorded."""
    nodes = [
        key
        for key in loader.applied_migrations
        if key[0] == component.label and key in loader.graph.nodes
    ]
    if not nodes:
        return set()
    return {
        _as_stored(table, connection)
        for (label, _), model in loader.project_state(nodes).models.items()
        if label == component.label and _has_a_table(model, connection.alias)
        for table in _tables_of(model)
        if '"' not in table  # names a schema, which introspection does not
    }


def _as_stored(table: str, connection: BaseDatabaseWrapper) -> str:
    name = truncate_name(table, connection.ops.max_name_length())
    stored: str = connection.introspection.identifier_converter(name)
    return stored


def _has_a_table(model: ModelState, alias: str) -> bool:
    options = model.options
    swapped = getattr(settings, options.get("swappable") or "", None)
    return (
        options.get("managed", True)
        and not options.get("proxy")
        and not options.get("abstract")
        and swapped in {None, f"{model.app_label}.{model.name}"}
        and router.allow_migrate(alias, model.app_label, model_name=model.name_lower)
    )


def _tables_of(model: ModelState) -> Iterator[str]:
    own = model.options.get("db_table") or f"{model.app_label}_{model.name_lower}"
    yield own
    for name, field in model.fields.items():
        if isinstance(field, ManyToManyField) and not field.remote_field.through:
            yield getattr(field, "db_table", None) or f"{own}_{name}"
