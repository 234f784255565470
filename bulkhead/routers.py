"""Sends each component's rows to its own database."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

from django.db import DEFAULT_DB_ALIAS, connections, router

from bulkhead.components import (
    ComponentConfig,
    component_databases,
    component_of_model,
    find_component,
)

if TYPE_CHECKING:
    from django.db.models import Model


class ComponentRouter:
    """Answers for components, and leaves every other app to the routers after it.

    It stands first in DATABASE_ROUTERS.
    """

    def db_for_read(self, model: type[Model], **_hints: object) -> str | None:
        """Return the component's database, or outside a transaction one of its replicas."""
        component = component_of_model(model)
        if component is None:
            return None
        alias = component.database_alias
        replicas = replicas_of(alias)
        if not replicas or connections[alias].in_atomic_block:
            return alias
        return random.choice(replicas)  # noqa: S311 - spreads load, guards nothing

    def db_for_write(self, model: type[Model], **_hints: object) -> str | None:
        """Return the component's database."""
        component = component_of_model(model)
        return None if component is None else component.database_alias

    def allow_relation(self, obj1: Model, obj2: Model, **_hints: object) -> bool | None:
        """Refuse a relation between two databases, and one that a seal rules out.

        Within a component it is allowed.
        Between two apps in one database it is not refused until a component seals `references`:
        code that was adopted yesterday must go on working.
        A replica is the same database, which Django can't know.
        """
        one, other = component_of_model(obj1), component_of_model(obj2)
        if one is other:
            return None if one is None else True
        if _home(one, obj1) != _home(other, obj2):
            return False
        if any(side is not None and "references" in side.seals for side in (one, other)):
            return False
        return True if _was_read_from_a_replica(obj1, obj2) else None

    def allow_migrate(
        self, db: str, app_label: str, model_name: str | None = None, **hints: object
    ) -> bool | None:
        """Let a component migrate in its own database alone, and no other app move in there."""
        if primary_of(db) is not None:
            return False
        component = find_component(app_label)
        if component is not None:
            return component.database_alias == db
        if db == DEFAULT_DB_ALIAS or db not in component_databases():
            return None
        return None if _another_router_invites(db, app_label, model_name, hints) else False


def replicas_of(alias: str) -> list[str]:
    """Return the aliases that are declared as `REPLICA_OF` this one."""
    return [name for name in connections.settings if primary_of(name) == alias]


def primary_of(alias: str) -> str | None:
    """Return the alias that this one is a replica of, or None."""
    primary: str | None = connections.settings.get(alias, {}).get("REPLICA_OF")
    return primary


def _home(component: ComponentConfig | None, obj: Model) -> str:
    return router.db_for_write(type(obj)) if component is None else component.database_alias


def _was_read_from_a_replica(*objects: Model) -> bool:
    return any(obj._state.db is not None and primary_of(obj._state.db) for obj in objects)


def _another_router_invites(
    db: str, app_label: str, model_name: str | None, hints: dict[str, object]
) -> bool:
    """Return whether a router after ours says yes: a legacy app shares a component's database."""
    return any(
        other.allow_migrate(db, app_label, model_name=model_name, **hints)
        for other in router.routers
        if not isinstance(other, ComponentRouter) and hasattr(other, "allow_migrate")
    )
