"""What Django's migration machinery is told about components."""

from __future__ import annotations

from functools import cache, wraps
from inspect import unwrap
from itertools import chain
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeAlias

from django.apps import apps
from django.db import router

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from django.apps import AppConfig
    from django.db.backends.base.base import BaseDatabaseWrapper
    from django.db.migrations.executor import MigrationExecutor
    from django.db.migrations.graph import MigrationGraph
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.migration import Migration
    from django.db.migrations.recorder import MigrationRecorder
    from django.db.migrations.state import ProjectState

Key: TypeAlias = tuple[str, str]
Plan: TypeAlias = "Sequence[tuple[Migration, bool]]"
Targets: TypeAlias = "Sequence[tuple[str, str | None]]"
P = ParamSpec("P")
Run: TypeAlias = (
    "Callable[Concatenate[MigrationExecutor, ProjectState, Migration, P], ProjectState]"
)


@cache
def teach_django_about_components() -> None:
    """Wrap what Django asks about migrations: where are they, which have run, which are to run.

    Where: a component's migrations are in its `db/migrations`, unless MIGRATION_MODULES, which
    test runners replace, says otherwise.
    Which have run: those of an app that does not migrate in a database count as applied there, as
    soon as the migrations that they depend on are.
    Which are to run: the others of such an app are left out of every plan. While a plan runs, they
    take their turn in the state that later migrations see, and are neither run nor recorded.
    """
    _teach_the_loader()
    _teach_the_recorder()
    _teach_the_executor()


def recorded_migrations(connection: BaseDatabaseWrapper) -> set[Key]:
    """Return what this database's own record says, as (app label, name)."""
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415 - slow to import

    return set(unwrap(MigrationRecorder.applied_migrations)(MigrationRecorder(connection)))


def migrates_in(app_config: AppConfig, alias: str) -> bool:
    """Return whether the routers let this app, or any model of it, migrate in this database."""
    return router.allow_migrate(alias, app_config.label) or any(
        router.allow_migrate_model(alias, model) for model in app_config.get_models()
    )


class _Records(dict[Key, Any]):
    """The records of the apps that migrate in a database; those of all others are in it, too.

    Who goes through the records, as the check of their history does, meets the former alone.
    """

    def __init__(self, records: dict[Key, Any], *, away: frozenset[str]) -> None:
        super().__init__({key: row for key, row in records.items() if key[0] not in away})
        self.away = away

    def __contains__(self, key: Any) -> bool:
        return super().__contains__(key) or key[0] in self.away


def _teach_the_loader() -> None:
    from django.db.migrations.loader import MigrationLoader  # noqa: PLC0415

    modules_of_django = MigrationLoader.migrations_module.__func__  # type: ignore[attr-defined]
    graph_of_django = MigrationLoader.build_graph

    @wraps(modules_of_django)
    def migrations_module(cls: type[MigrationLoader], app_label: str) -> tuple[str | None, bool]:
        name, explicit = modules_of_django(cls, app_label)
        return (name if explicit else _component_migrations(app_label) or name), explicit

    @wraps(graph_of_django)
    def build_graph(self: MigrationLoader) -> None:
        graph_of_django(self)
        if self.connection is not None:
            self.applied_migrations = _applied(self, _apps_away_from(self.connection.alias))

    MigrationLoader.migrations_module = classmethod(migrations_module)  # type: ignore[assignment]
    MigrationLoader.build_graph = build_graph  # type: ignore[method-assign]


def _teach_the_recorder() -> None:
    from django.db.migrations.recorder import MigrationRecorder  # noqa: PLC0415

    records_of_django = MigrationRecorder.applied_migrations

    @wraps(records_of_django)
    def applied_migrations(self: MigrationRecorder) -> dict[Key, Any]:
        away = _apps_away_from(self.connection.alias)
        return _Records(records_of_django(self), away=away)

    MigrationRecorder.applied_migrations = applied_migrations  # type: ignore[method-assign]


def _teach_the_executor() -> None:
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    plan_of_django = MigrationExecutor.migration_plan
    migrate_of_django = MigrationExecutor.migrate

    @wraps(plan_of_django)
    def migration_plan(
        self: MigrationExecutor,
        targets: Targets,
        clean_start: bool = False,  # noqa: FBT001, FBT002 - as Django has it
    ) -> Plan:
        plan = plan_of_django(self, targets, clean_start=clean_start)
        return plan if clean_start else [step for step in plan if _is_run_by(self, step[0])]

    @wraps(migrate_of_django)
    def migrate(
        self: MigrationExecutor,
        targets: Targets,
        plan: Plan | None = None,
        state: ProjectState | None = None,
        **fake: bool,
    ) -> ProjectState:
        steps = self.migration_plan(targets) if plan is None else plan
        if steps:
            steps = _with_turns_of_apps_away(self, steps, plan_of_django(self, targets))
        return migrate_of_django(self, targets, plan=steps, state=state, **fake)

    MigrationExecutor.migration_plan = migration_plan  # type: ignore[assignment, method-assign]
    MigrationExecutor.migrate = migrate  # type: ignore[assignment, method-assign]
    MigrationExecutor.apply_migration = _only_here(  # type: ignore[assignment, method-assign]
        MigrationExecutor.apply_migration, else_state=_changed_by
    )
    MigrationExecutor.unapply_migration = _only_here(  # type: ignore[assignment, method-assign]
        MigrationExecutor.unapply_migration, else_state=_unchanged_by
    )


def _only_here(
    run: Run[P], *, else_state: Callable[[Migration, ProjectState], ProjectState]
) -> Run[P]:
    """Return how an executor runs a migration where its app migrates, and else takes a state."""

    @wraps(run)
    def run_here(
        self: MigrationExecutor,
        state: ProjectState,
        migration: Migration,
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> ProjectState:
        if _is_run_by(self, migration):
            return run(self, state, migration, *args, **kwargs)
        return else_state(migration, state)

    return run_here  # type: ignore[return-value]  # Run does not name its arguments


def _changed_by(migration: Migration, state: ProjectState) -> ProjectState:
    return migration.mutate_state(state, preserve=False)


def _unchanged_by(_: Migration, state: ProjectState) -> ProjectState:
    return state


def _component_migrations(app_label: str) -> str | None:
    from bulkhead.components import find_component  # noqa: PLC0415 - it imports this module

    component = find_component(app_label)
    return None if component is None else component.migrations_name


def _apps_away_from(alias: str) -> frozenset[str]:
    return frozenset(
        app_config.label
        for app_config in apps.get_app_configs()
        if not migrates_in(app_config, alias)
    )


def _applied(loader: MigrationLoader, away: frozenset[str]) -> dict[Key, Any]:
    """Return what counts as applied: the records, and of the apps away what could have run."""
    applied = {key: row for key, row in loader.applied_migrations.items() if key[0] not in away}
    for key in _in_order(loader.graph) if away else ():
        parents = loader.graph.node_map[key].parents
        if key[0] in away and all(parent.key in applied for parent in parents):
            applied[key] = loader.graph.nodes[key]
    return applied


def _in_order(graph: MigrationGraph) -> Iterator[Key]:
    return iter(dict.fromkeys(chain.from_iterable(map(graph.forwards_plan, graph.leaf_nodes()))))


def _is_run_by(executor: MigrationExecutor, migration: Migration) -> bool:
    return migrates_in(apps.get_app_config(migration.app_label), executor.connection.alias)


def _with_turns_of_apps_away(executor: MigrationExecutor, wanted: Plan, whole: Plan) -> Plan:
    """Return the wanted steps, and between them those that only change the state."""
    steps = {migration for migration, _ in wanted}
    if not steps <= {migration for migration, _ in whole}:
        return wanted  # a plan that its caller made
    return [step for step in whole if step[0] in steps or not _is_run_by(executor, step[0])]
