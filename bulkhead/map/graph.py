"""The map itself: plain frozen data, whoever has read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How a database is found."""

    READY = "ready"
    UNAPPLIED = "unapplied migrations"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedDatabase:
    """A database, as it is found now."""

    alias: str
    state: State = State.READY
    unapplied: int = 0
    """How many migrations have still to run in it."""

    problem: str = ""
    """What it answers where it can't be reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedTable:
    """A row class, its table, and how many rows are stored; None where that can't be told."""

    model: str
    table: str
    count: int | None


class Seal(StrEnum):
    """How a seal of a component is found."""

    SEALED = "sealed"
    BROKEN = "broken"
    CLEAN = "clean"
    """Nothing stands in its way, and it is not declared."""

    OPEN = "open"
    NOT_WATCHED = "not watched yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedSeal:
    """One seal of a component."""

    seal: str
    state: Seal
    in_the_way: int = 0
    """How many crossings break it, or stand in its way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedComponent:
    """A component."""

    label: str
    package: str
    owner: str = ""
    database: MappedDatabase
    layers: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()
    depends_on_legacy: tuple[str, ...] = ()
    seals: tuple[str, ...] = ()
    functions: tuple[str, ...] = ()
    """What its `public` exposes, by name."""

    endpoints: tuple[str, ...] | None = ()
    """Its endpoints as `GET /invoicing/invoices`; None without the packages for endpoints."""

    tables: tuple[MappedTable, ...] = ()
    seal_states: tuple[MappedSeal, ...] = ()
    """Every seal as it is found; none where that can't be told."""

    def missing_tables(self) -> tuple[str, ...]:
        """Return the tables that are missing, though its database has no migration to run."""
        if self.database.state is not State.READY:
            return ()
        return tuple(table.table for table in self.tables if table.count is None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A command that one would run next, and why."""

    command: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ComponentMap:
    """Every installed component, sorted by label."""

    components: tuple[MappedComponent, ...]
    untold: str = ""
    """Why the seals can't be told."""

    def used_by(self, label: str) -> tuple[str, ...]:
        """Return the labels of the components that depend on this one, sorted."""
        return tuple(one.label for one in self.components if label in one.depends_on)

    def databases(self) -> tuple[MappedDatabase, ...]:
        """Return every database that some component lives in, once, sorted by alias."""
        found = {one.database.alias: one.database for one in self.components}
        return tuple(found[alias] for alias in sorted(found))

    def next_steps(self) -> tuple[Step, ...]:
        """Return what is worth running next, the most pressing first."""
        return (
            *self._to_start(),
            *self._to_connect(),
            *self._to_make_tables(),
            *self._to_migrate(),
            *self._to_seal(),
            *_TO_CHECK,
        )

    def _to_start(self) -> tuple[Step, ...]:
        if self.components:
            return ()
        return (
            Step(
                command="python manage.py startcomponent components.NAME",
                reason="No component is installed.",
            ),
        )

    def _to_connect(self) -> tuple[Step, ...]:
        return tuple(
            Step(
                command=f"python manage.py check --database {database.alias}",
                reason=f"The database {database.alias!r} can't be reached: {database.problem}",
            )
            for database in self.databases()
            if database.state is State.UNREACHABLE
        )

    def _to_make_tables(self) -> Iterator[Step]:
        for component in self.components:
            if missing := component.missing_tables():
                yield Step(
                    command=f"python manage.py makemigrations {component.label}",
                    reason=f"No migration that is left to run makes: {', '.join(missing)}.",
                )
                yield Step(
                    command=f"python manage.py check --database {component.database.alias}",
                    reason="It compares the recorded migrations with the tables.",
                )

    def _to_migrate(self) -> tuple[Step, ...]:
        waiting = [one.alias for one in self.databases() if one.state is State.UNAPPLIED]
        if not waiting:
            return ()
        return (
            Step(
                command="python manage.py migrate",
                reason=f"Databases with migrations to run: {', '.join(waiting)}.",
            ),
        )

    def _to_seal(self) -> Iterator[Step]:
        for component in self.components:
            for one in component.seal_states:
                if one.state is Seal.CLEAN:
                    yield Step(
                        command=f"python manage.py seal {component.label} {one.seal}",
                        reason="Nothing stands in its way.",
                    )


_TO_CHECK = (
    Step(command="python manage.py check", reason="It holds every component to its declarations."),
)
