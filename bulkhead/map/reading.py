"""Reads the map from the components that are installed."""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec

from django.db import connections

from bulkhead.components import ComponentConfig, installed_components
from bulkhead.conf import bulkhead_settings
from bulkhead.errors import MissingExtraError
from bulkhead.exposed import exposed_functions
from bulkhead.map.graph import (
    ComponentMap,
    MappedComponent,
    MappedDatabase,
    MappedTable,
    State,
)

_LAYERS = ("domain", "db", "service", "public")
_ADOPTED = {"db": ("models", "migrations")}
"""What stands for a layer in an app that was adopted as it is."""


def read_map(*, look_at: Callable[[str], MappedDatabase]) -> ComponentMap:
    """Return the map; `look_at` says how the database of an alias is found.

    Rows are counted where the database can be reached.
    """
    components = sorted(installed_components(), key=lambda component: component.label)
    aliases = {component.database_alias for component in components}
    databases = {alias: look_at(alias) for alias in aliases}
    return ComponentMap(
        components=tuple(
            _mapped(component, databases[component.database_alias]) for component in components
        )
    )


def _mapped(component: ComponentConfig, database: MappedDatabase) -> MappedComponent:
    return MappedComponent(
        label=component.label,
        package=component.name,
        owner=component.owner,
        database=database,
        layers=_layers(component),
        depends_on=component.depends_on,
        depends_on_legacy=component.depends_on_legacy,
        seals=component.seals,
        functions=tuple(function.name for function in exposed_functions(component)),
        endpoints=_endpoints(component),
        tables=_tables(component, database),
    )


def _layers(component: ComponentConfig) -> tuple[str, ...]:
    names = (*_LAYERS, *bulkhead_settings().EDGES)
    return tuple(
        name
        for name in names
        if any(find_spec(f"{component.name}.{one}") for one in (name, *_ADOPTED.get(name, ())))
    )


def _endpoints(component: ComponentConfig) -> tuple[str, ...] | None:
    """Return the endpoints, or None without the packages that they need."""
    try:
        from bulkhead.api.routers import endpoints_of  # noqa: PLC0415 - an extra
    except MissingExtraError:
        return None
    return tuple(endpoint.name for endpoint in endpoints_of(component))


def _tables(component: ComponentConfig, database: MappedDatabase) -> tuple[MappedTable, ...]:
    models = [model for model in component.get_models() if not model._meta.proxy]
    reachable = database.state is not State.UNREACHABLE
    there = set(connections[database.alias].introspection.table_names()) if reachable else set()
    return tuple(
        MappedTable(
            model=model.__name__,
            table=model._meta.db_table,
            count=model._base_manager.using(database.alias).count()
            if model._meta.db_table in there
            else None,
        )
        for model in models
    )
