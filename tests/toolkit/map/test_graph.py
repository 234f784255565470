"""The map knows who uses whom, and what to do next."""

from __future__ import annotations

from bulkhead.map.graph import (
    ComponentMap,
    MappedComponent,
    MappedDatabase,
    MappedTable,
    State,
    Step,
)

CHECK = Step(
    command="python manage.py check", reason="It holds every component to its declarations."
)


def component(
    label: str,
    *,
    depends_on: tuple[str, ...] = (),
    database: MappedDatabase | None = None,
    tables: tuple[MappedTable, ...] = (),
) -> MappedComponent:
    return MappedComponent(
        label=label,
        package=f"components.{label}",
        depends_on=depends_on,
        database=database or MappedDatabase(alias=label),
        tables=tables,
    )


class TestUsedBy:
    def test_turns_the_arrows_around(self) -> None:
        found = ComponentMap(
            components=(
                component("budgeting", depends_on=("contracting",)),
                component("contracting"),
                component("invoicing", depends_on=("contracting",)),
            )
        )

        assert found.used_by("contracting") == ("budgeting", "invoicing")
        assert found.used_by("budgeting") == ()


class TestDatabases:
    def test_come_once_each(self) -> None:
        shared = MappedDatabase(alias="default")
        found = ComponentMap(
            components=(
                component("invoicing"),
                component("budgeting", database=shared),
                component("contracting", database=shared),
            )
        )

        assert [database.alias for database in found.databases()] == ["default", "invoicing"]


class TestNextSteps:
    def test_check_where_all_is_well(self) -> None:
        found = ComponentMap(components=(component("invoicing"),))

        assert found.next_steps() == (CHECK,)

    def test_begin_with_a_first_component(self) -> None:
        found = ComponentMap(components=())

        assert found.next_steps() == (
            Step(
                command="python manage.py startcomponent components.NAME",
                reason="No component is installed.",
            ),
            CHECK,
        )

    def test_connect_then_migrate(self) -> None:
        down = MappedDatabase(alias="budgeting", state=State.UNREACHABLE, problem="refused")
        behind = MappedDatabase(alias="invoicing", state=State.UNAPPLIED, unapplied=2)
        found = ComponentMap(
            components=(
                component("invoicing", database=behind),
                component("budgeting", database=down),
            )
        )

        assert found.next_steps() == (
            Step(
                command="python manage.py check --database budgeting",
                reason="The database 'budgeting' can't be reached: refused",
            ),
            Step(
                command="python manage.py migrate",
                reason="Databases with migrations to run: invoicing.",
            ),
            CHECK,
        )

    def test_make_a_table_that_no_migration_makes(self) -> None:
        table = MappedTable(model="InvoiceRow", table="invoicing_invoicerow", count=None)
        empty = MappedTable(model="LineRow", table="invoicing_linerow", count=0)
        found = ComponentMap(components=(component("invoicing", tables=(table, empty)),))

        assert found.next_steps() == (
            Step(
                command="python manage.py makemigrations invoicing",
                reason="No migration that is left to run makes: invoicing_invoicerow.",
            ),
            Step(
                command="python manage.py check --database invoicing",
                reason="It compares the recorded migrations with the tables.",
            ),
            CHECK,
        )

    def test_wait_with_tables_for_migrations_that_are_left_to_run(self) -> None:
        table = MappedTable(model="InvoiceRow", table="invoicing_invoicerow", count=None)
        behind = MappedDatabase(alias="invoicing", state=State.UNAPPLIED, unapplied=1)
        found = ComponentMap(components=(component("invoicing", database=behind, tables=(table,)),))

        assert [step.command for step in found.next_steps()] == [
            "python manage.py migrate",
            "python manage.py check",
        ]
