"""Reads the map from the components that are installed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

from django.db import connections

from bulkhead.components import ComponentConfig, installed_components
from bulkhead.conf import bulkhead_settings
from bulkhead.crossings.checking import seals_of_project
from bulkhead.crossings.command import checked
from bulkhead.crossings.probe.surveyed import survey_here
from bulkhead.crossings.seal_states import SealState
from bulkhead.errors import BulkheadError, MissingExtraError
from bulkhead.exposed import exposed_functions
from bulkhead.map.graph import (
    ComponentMap,
    MappedComponent,
    MappedDatabase,
    MappedSeal,
    MappedTable,
    Seal,
    State,
)

_LAYERS = ("domain", "db", "service", "public")
_ADOPTED = {"db": ("models", "migrations")}
"""What stands for a layer in an app that was adopted as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundSeals:
    """The seals of each component, by its label; or why they can't be told."""

    by_component: Mapping[str, tuple[MappedSeal, ...]] = field(default_factory=dict)
    untold: str = ""


def read_map(
    *, look_at: Callable[[str], MappedDatabase], seals: FoundSeals | None = None
) -> ComponentMap:
    """Return the map; `look_at` says how the database of an alias is found.

    Rows are counted where the database can be reached.
    """
    components = sorted(installed_components(), key=lambda component: component.label)
    aliases = {component.database_alias for component in components}
    databases = {alias: look_at(alias) for alias in aliases}
    found = seals or FoundSeals()
    return ComponentMap(
        components=tuple(
            _mapped(
                component,
                databases[component.database_alias],
                found.by_component.get(component.label, ()),
            )
            for component in components
        ),
        untold=found.untold,
    )


def seals_here(folder: Path) -> FoundSeals:
    """Return the seals of the project that runs, whose files stand below a folder."""
    try:
        states = seals_of_project(checked(survey_here(folder)))
    except BulkheadError as error:
        return FoundSeals(untold=str(error))
    by_component: dict[str, tuple[MappedSeal, ...]] = {}
    for one in states:
        before = by_component.get(one.component, ())
        by_component[one.component] = (*before, _mapped_seal(one))
    return FoundSeals(by_component=by_component)


def _mapped_seal(one: SealState) -> MappedSeal:
    if not one.is_watched:
        state = Seal.NOT_WATCHED
    elif one.declared:
        state = Seal.SEALED if one.is_clean else Seal.BROKEN
    else:
        state = Seal.CLEAN if one.is_clean else Seal.OPEN
    return MappedSeal(seal=one.seal, state=state, in_the_way=one.in_the_way)


def _mapped(
    component: ComponentConfig, database: MappedDatabase, seals: tuple[MappedSeal, ...]
) -> MappedComponent:
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
        seal_states=seals,
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
