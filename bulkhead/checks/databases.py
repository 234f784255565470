"""Checks of DATABASES, DATABASE_ROUTERS and BULKHEAD."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name
from django.core.exceptions import ImproperlyConfigured
from django.db import DEFAULT_DB_ALIAS, connections, router

from bulkhead.checks.subjects import check
from bulkhead.components import ComponentConfig, installed_components
from bulkhead.conf import bulkhead_settings
from bulkhead.errors import listed
from bulkhead.routers import ComponentRouter, primary_of

_LOOPBACK = {"", "localhost", "127.0.0.1", "::1"}
_PORTS = {"postgresql": "5432", "mysql": "3306", "oracle": "1521"}


@check
def check_homes(**_: object) -> list[CheckMessage]:
    """Find components whose database is not there, or is a replica."""
    return [
        Error(
            f"The component {component.label!r} lives in {component.database_alias!r}, {trouble}.",
            hint=f"Set `database` of its config to one of: {listed(_primaries())}.",
            obj=component.label,
            id="bulkhead.E010",
        )
        for component in installed_components()
        if (trouble := _trouble_with_home(component))
    ]


@check
def check_unclaimed_databases(**_: object) -> list[CheckMessage]:
    """Find databases that no component lives in, where no other router could send rows."""
    if not all(isinstance(one, ComponentRouter) for one in router.routers):
        return []
    homes = {component.database_alias for component in installed_components()}
    labels = [component.label for component in installed_components()]
    return [
        Warning(
            f"No component lives in the database {alias!r}, and no router sends anything there.",
            hint=(
                f"Correct the name: a component lives in the alias of its label. "
                f"Components: {listed(labels)}. Or drop the database, or silence this check where "
                f"`using()` alone reaches it."
            ),
            obj="DATABASES",
            id="bulkhead.W010",
        )
        for alias in _primaries()
        if homes and alias not in {*homes, DEFAULT_DB_ALIAS}
    ]


@check
def check_physical_databases(**_: object) -> list[CheckMessage]:
    """Find aliases that mean the same database."""
    aliases: dict[object, list[str]] = {}
    for alias in _primaries():
        if not _mirror(alias):
            aliases.setdefault(_physical_database(alias), []).append(alias)
    return [
        Error(
            f"The aliases {listed(map(repr, same))} mean one database.",
            hint=(
                "Keep one of them, and name it as the `database` of every component in it. Two "
                "connections to one database can wait for each other for ever."
            ),
            obj="DATABASES",
            id="bulkhead.E011",
        )
        for same in aliases.values()
        if len(same) > 1
    ]


@check
def check_atomic_requests(**_: object) -> list[CheckMessage]:
    """Find ATOMIC_REQUESTS on several databases."""
    atomic = [alias for alias in connections if connections[alias].settings_dict["ATOMIC_REQUESTS"]]
    if len(atomic) <= 1:
        return []
    return [
        Error(
            f"ATOMIC_REQUESTS is on for several databases: {listed(map(repr, atomic))}. "
            f"Every view opens a transaction on each, and fails when one of them is down.",
            hint=(
                "Leave it on for one at most, or for none: @transactional opens a component's "
                "transaction where it is needed."
            ),
            obj="DATABASES",
            id="bulkhead.E012",
        )
    ]


@check
def check_router(**_: object) -> list[CheckMessage]:
    """Find that components have databases of their own, and the router is missing or not first."""
    own = [one.label for one in installed_components() if one.database_alias != DEFAULT_DB_ALIAS]
    routers = router.routers
    if not own or (routers and isinstance(routers[0], ComponentRouter)):
        return []
    if not any(isinstance(one, ComponentRouter) for one in routers):
        trouble = "is not in DATABASE_ROUTERS"
    else:
        first = f"{type(routers[0]).__module__}.{type(routers[0]).__qualname__}"
        trouble = f"stands after {first} in DATABASE_ROUTERS, which may answer in its place"
    return [
        Error(
            f"Components have databases of their own: {listed(own)}. ComponentRouter {trouble}.",
            hint='Put "bulkhead.routers.ComponentRouter" first in DATABASE_ROUTERS.',
            obj="DATABASE_ROUTERS",
            id="bulkhead.E013",
        )
    ]


@check
def check_replicas(**_: object) -> list[CheckMessage]:
    """Find replicas of no database, and replicas that tests would fill as one of their own."""
    found = []
    for alias in connections:
        primary = primary_of(alias)
        if primary is not None and primary not in _primaries():
            found.append(_unknown_primary(alias, primary))
        elif primary is not None and _mirror(alias) != primary:
            found.append(_no_mirror(alias, primary))
    return found


@check
def check_settings(**_: object) -> list[CheckMessage]:
    """Find names in BULKHEAD that are no settings."""
    try:
        bulkhead_settings()
    except ImproperlyConfigured as error:
        hint = "Correct BULKHEAD in the settings."
        return [Error(str(error), hint=hint, obj="BULKHEAD", id="bulkhead.E017")]
    return []


def _primaries() -> list[str]:
    return [alias for alias in connections if not primary_of(alias)]


def _trouble_with_home(component: ComponentConfig) -> str | None:
    alias = component.database_alias
    if alias not in connections:
        return "which is not in DATABASES"
    if primary := primary_of(alias):
        return f"a replica of {primary!r}, which is never written"
    return None


def _mirror(alias: str) -> str | None:
    mirror: str | None = connections[alias].settings_dict["TEST"].get("MIRROR")
    return mirror


def _unknown_primary(alias: str, primary: str) -> CheckMessage:
    return Error(
        f"{alias!r} is declared REPLICA_OF {primary!r}, which is no database to copy from.",
        hint=f"Name one of: {listed(_primaries())}.",
        obj="DATABASES",
        id="bulkhead.E016",
    )


def _no_mirror(alias: str, primary: str) -> CheckMessage:
    return Warning(
        f"Tests make a database of its own for {alias!r}, a replica of {primary!r}, "
        f"and read nothing in it.",
        hint=f'Add TEST = {{"MIRROR": {primary!r}}} to its entry in DATABASES.',
        obj="DATABASES",
        id="bulkhead.W016",
    )


def _physical_database(alias: str) -> object:
    """Return what two aliases of one database have in common."""
    entry, vendor = connections[alias].settings_dict, connections[alias].vendor
    if vendor == "sqlite":
        return _sqlite_file(str(entry["NAME"])) or alias
    if not entry["NAME"] and not entry["OPTIONS"]:
        return alias  # the dummy backend
    host = str(entry["HOST"]).lower()
    return (
        vendor,
        "localhost" if host in _LOOPBACK else host,
        str(entry["PORT"] or _PORTS.get(vendor, "")),
        str(entry["NAME"]),
        entry["OPTIONS"].get("service"),
        entry["OPTIONS"].get("options"),  # a search path: a schema for each is one database each
    )


def _sqlite_file(name: str) -> str | None:
    """Return the file, or the shared memory, that a name means; None where it shares nothing."""
    if name.startswith("file:"):
        path, _, query = name.removeprefix("file:").partition("?")
        if "mode=memory" in query:
            return name
        name = unquote(path)
    return None if name in {"", ":memory:"} else str(Path(name).resolve())
