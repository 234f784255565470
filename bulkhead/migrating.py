"""What Django's migration machinery is told about components."""

from __future__ import annotations

import pkgutil
from functools import cache, wraps
from importlib import import_module
from inspect import unwrap
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db import router

if TYPE_CHECKING:
    from collections.abc import Iterator

    from django.apps import AppConfig
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

@cache
def teach_django_about_components() -> None:
    """Wrap the two questions that Django asks about migrations: where are they, which have run.

    Where: a component's migrations are in its `db/migrations`, unless MIGRATION_MODULES, which
    test runners replace, says otherwise.
    Which: those of an app that may not migrate in a database count as applied there. So they are
    neither run nor recorded, and the migrations of other apps may still depend on them.
    """
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415 - slow to import
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    modules_of_django = MigrationLoader.migrations_module.__func__  # type: ignore[attr-defined]
    applied_of_django = MigrationRecorder.applied_migrations

    @wraps(modules_of_django)
    def migrations_module(cls: type[MigrationLoader], app_label: str) -> tuple[str | None, bool]:
        name, explicit = modules_of_django(cls, app_label)
        return (name if explicit else _component_migrations(app_label) or name), explicit

    @wraps(applied_of_django)
    def applied_migrations(self: MigrationRecorder) -> dict[tuple[str, str], Any]:
        return {**_of_apps_elsewhere(self), **applied_of_django(self)}

    MigrationLoader.migrations_module = classmethod(migrations_module)  # type: ignore[assignment]
    MigrationRecorder.applied_migrations = applied_migrations  # type: ignore[method-assign]


def recorded_migrations(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """Return what this database's own record says, as (app label, name)."""
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    return set(unwrap(MigrationRecorder.applied_migrations)(MigrationRecorder(connection)))


def migrates_in(app_config: AppConfig, alias: str) -> bool:
    """Return whether the routers let this app, or any model of it, migrate in this database."""
    return router.allow_migrate(alias, app_config.label) or any(
        router.allow_migrate_model(alias, model) for model in app_config.get_models()
    )


def _component_migrations(app_label: str) -> str | None:
    from bulkhead.components import find_component  # noqa: PLC0415 - it imports this module

    component = find_component(app_label)
    return None if component is None else component.migrations_name


def _of_apps_elsewhere(recorder: MigrationRecorder) -> dict[tuple[str, str], Any]:
    return {
        (app_config.label, name): recorder.Migration(app=app_config.label, name=name)
        for app_config in apps.get_app_configs()
        if not migrates_in(app_config, recorder.connection.alias)
        for name in _names_on_disk(app_config)
    }


def _names_on_disk(app_config: AppConfig) -> Iterator[str]:
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    module_name, _ = MigrationLoader.migrations_module(app_config.label)
    if module_name is None:
        return
    try:
        package = import_module(module_name)
    except ModuleNotFoundError:
        return
    for module in pkgutil.iter_modules(getattr(package, "__path__", ())):
        if not module.ispkg and module.name[0] not in "_~":
            yield module.name
