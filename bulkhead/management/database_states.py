"""How a database is found: reachable, and with all its migrations, or not."""

from __future__ import annotations

from django.db import connections

from bulkhead.errors import listed
from bulkhead.management.destinations import unreachable, waiting_apps
from bulkhead.map.graph import MappedDatabase, State


def look_at(alias: str) -> MappedDatabase:
    """Return the state of the database of this alias, be it that DATABASES has none."""
    if alias not in connections:
        problem = f"DATABASES has no such alias. It has: {listed(connections)}."
        return MappedDatabase(alias=alias, state=State.UNREACHABLE, problem=problem)
    if answer := unreachable([alias]).get(alias):
        return MappedDatabase(alias=alias, state=State.UNREACHABLE, problem=answer)
    unapplied = len(waiting_apps(alias))
    state = State.UNAPPLIED if unapplied else State.READY
    return MappedDatabase(alias=alias, state=state, unapplied=unapplied)


def do_not_look(alias: str) -> MappedDatabase:
    """Return a database that nobody has looked at: nothing is opened, and nothing counted."""
    return MappedDatabase(alias=alias, state=State.UNREACHABLE, problem="It was not asked.")
