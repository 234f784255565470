"""Content types and permissions of apps whose tables are in another database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.core.management.base import OutputWrapper
from django.db import connections, router
from django.db.migrations.exceptions import AmbiguityError
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RenameModel
from django.db.models.signals import post_migrate

from bulkhead.errors import listed
from bulkhead.management.destinations import residents, unreachable, waiting_apps

_WHAT_THEY_NEED = {"contenttypes", "auth"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What `migrate` was asked for: all apps, one, or one up to a migration."""

    app_label: str | None = None
    name: str | None = None


def home_of_content_types() -> str | None:
    """Return the alias that holds the content types, or None where they are not installed."""
    if not apps.is_installed("django.contrib.contenttypes"):
        return None
    return router.db_for_write(apps.get_model("contenttypes", "ContentType"))


def write_content_types(alias: str, *, home: str, output: OutputWrapper, verbosity: int) -> None:
    """Write those of the apps of this database to their home, as migrating the home does.

    Where the home is not ready, say so instead: its own migrations come first.
    """
    labels = residents(alias) - residents(home)
    if reason := _unready(home):
        output.write(
            f"Content types and permissions of {listed(labels)} are not in {home!r} yet: "
            f"{reason}. Run 'manage.py migrate' to write them."
        )
        return
    for label in sorted(labels):
        app_config = apps.get_app_config(label)
        post_migrate.send(
            sender=app_config,
            app_config=app_config,
            verbosity=verbosity,
            interactive=False,
            using=home,
            stdout=output,
            apps=apps,
            plan=[],
        )


def rename_content_types(alias: str, *, home: str, target: Target) -> None:
    """Rename the content types of the models that this database is about to rename.

    Django does so only where both share a database; elsewhere it makes new ones, and what hangs on
    the old ones (permissions that people have, the admin's log) is lost.
    """
    if _unready(home):
        return
    content_types = apps.get_model("contenttypes", "ContentType").objects
    for label, old, new in _planned_renames(alias, target):
        of_app = content_types.using(home).filter(app_label=label)
        if not of_app.filter(model=new).exists():
            of_app.filter(model=old).update(model=new)
    content_types.clear_cache()


def _unready(home: str) -> str | None:
    if reason := unreachable([home]).get(home):
        return f"it answers: {reason}"
    if _WHAT_THEY_NEED & set(waiting_apps(home)):
        return "it has migrations of its own to run first"
    return None


def _planned_renames(alias: str, target: Target) -> Iterator[tuple[str, str, str]]:
    executor = MigrationExecutor(connections[alias])
    for migration, backwards in executor.migration_plan(_nodes(executor, target)):
        for operation in migration.operations:
            if isinstance(operation, RenameModel):
                names = (operation.old_name_lower, operation.new_name_lower)
                old, new = reversed(names) if backwards else names
                yield migration.app_label, old, new


def _nodes(executor: MigrationExecutor, target: Target) -> list[tuple[str, str | None]]:
    """Return the target as an executor takes it, none where it does not exist."""
    if target.app_label is None or target.name is None:
        return [
            node
            for node in executor.loader.graph.leaf_nodes()
            if target.app_label in {None, node[0]}
        ]
    if target.name == "zero":
        return [(target.app_label, None)]
    try:
        migration = executor.loader.get_migration_by_prefix(target.app_label, target.name)
    except (KeyError, AmbiguityError):
        return []  # migrate itself says so
    return [(target.app_label, migration.name)]
