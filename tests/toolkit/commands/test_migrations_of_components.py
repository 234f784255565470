"""Django's own migration machinery, once it knows about components."""

from __future__ import annotations

import pytest

from tests.toolkit.commands.facts import facts
from tests.toolkit.projects import CREATE, ThrowAwayProject

pytestmark = pytest.mark.own_databases

TO_A_USER = """migrations.AddField("InvoicingRow", "made_by", models.ForeignKey(
    "auth.User", models.CASCADE, db_constraint=False, null=True
))"""
NO_USER = 'migrations.RemoveField("InvoicingRow", "made_by")'


class TestDependenciesBetweenDatabases:
    def test_a_component_with_a_user_in_its_state_does_not_break_a_fresh_default(
        self, project: ThrowAwayProject
    ) -> None:
        project.add_migration(
            "invoicing/db",
            "0002_made_by",
            TO_A_USER,
            dependencies=(
                ("invoicing", "0001_initial"),
                ("auth", "0012_alter_user_first_name_max_length"),
            ),
        )

        run = project.done("migrate", "--skip-checks")

        assert run.output.count("Applying invoicing.") == 2
        assert facts(project, '[apps("default"), apps("invoicing"), content_types()]') == [
            ["auth", "contenttypes", "portfolio"],
            ["invoicing"],
            ["invoicing.invoicingrow", "portfolio.portfolio"],
        ]

    def test_a_component_after_the_users_still_gets_its_content_types(
        self, project: ThrowAwayProject
    ) -> None:
        project.add_migration(
            "invoicing/db",
            "0001_initial",
            CREATE.format(name="InvoicingRow"),
            dependencies=(("auth", "0012_alter_user_first_name_max_length"),),
        )

        project.done("migrate", "--database", "default")

        assert facts(project, "content_types()") == [
            "invoicing.invoicingrow",
            "portfolio.portfolio",
        ]

    def test_records_of_a_component_elsewhere_are_not_held_against_the_history(
        self, project: ThrowAwayProject
    ) -> None:
        project.add_migration(
            "invoicing/db",
            "0001_initial",
            CREATE.format(name="InvoicingRow"),
            dependencies=(("auth", "0001_initial"),),
        )
        project.python("""
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder
        MigrationRecorder(connection).record_applied("invoicing", "0001_initial")
        """)

        project.done("migrate")

        assert facts(project, 'apps("default")') == [
            "auth",
            "contenttypes",
            "invoicing",
            "portfolio",
        ]

    def test_a_legacy_app_may_depend_on_a_component_that_depends_on_it(
        self, project: ThrowAwayProject
    ) -> None:
        project.add_migration(
            "invoicing/db",
            "0002_later",
            TO_A_USER,
            dependencies=(
                ("invoicing", "0001_initial"),
                ("portfolio", "0001_initial"),
                ("auth", "0001_initial"),
            ),
        )
        project.add_migration(
            "portfolio",
            "0002_after",
            'migrations.AddField("Portfolio", "name", models.CharField(max_length=9, default=""))',
            dependencies=(("portfolio", "0001_initial"), ("invoicing", "0002_later")),
        )

        project.done("migrate", "portfolio")
        run = project.done("migrate", "portfolio", "--check")

        assert facts(project, '[apps("default"), apps("invoicing")]') == [
            ["auth", "contenttypes", "portfolio"],
            [],
        ]
        assert run.output == ""

    def test_unapplying_what_a_component_depends_on_leaves_the_component_out(
        self, project: ThrowAwayProject
    ) -> None:
        project.add_migration(
            "invoicing/db",
            "0002_later",
            "",
            dependencies=(("invoicing", "0001_initial"), ("portfolio", "0001_initial")),
        )
        project.done("migrate")

        plan = project.done("migrate", "portfolio", "zero", "--plan")
        run = project.done("migrate", "portfolio", "zero")

        assert "invoicing" not in plan.output + run.output
        assert facts(project, '[apps("default"), apps("invoicing")]') == [
            ["auth", "contenttypes"],
            ["invoicing"],
        ]

    def test_a_history_against_the_order_is_still_refused(self, project: ThrowAwayProject) -> None:
        project.done("migrate")
        project.python("""
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder
        MigrationRecorder(connection).record_unapplied("contenttypes", "0001_initial")
        """)

        run = project.manage("migrate")

        assert run.status == 1
        assert "InconsistentMigrationHistory" in run.errors
        assert "contenttypes.0001_initial on database 'default'" in run.errors


class TestDataMigrations:
    def test_run_only_where_their_app_lives(self, project: ThrowAwayProject) -> None:
        project.write(
            "invoicing/db/migrations/0002_data.py",
            """
            from django.db import migrations

            def say(apps, schema_editor):
                print("data of invoicing in", schema_editor.connection.alias)

            class Migration(migrations.Migration):
                dependencies = [("invoicing", "0001_initial")]
                operations = [migrations.RunPython(say, say)]
            """,
        )

        run = project.done("migrate")

        assert run.output.count("data of invoicing in") == 1
        assert "data of invoicing in invoicing" in run.output


class TestSquashedMigrations:
    def test_run_once_where_the_replaced_files_are_gone(self, project: ThrowAwayProject) -> None:
        project.add_migration("invoicing/db", "0001_initial", "")
        project.write(
            "invoicing/db/migrations/0001_initial.py",
            """
            from django.db import migrations, models

            class Migration(migrations.Migration):
                initial = True
                dependencies = []
                replaces = [("invoicing", "0001_old"), ("invoicing", "0002_older")]
                operations = [OPERATION]
            """.replace("OPERATION", " ".join(CREATE.format(name="InvoicingRow").split())),
        )

        run = project.done("migrate")
        again = project.done("migrate")

        assert run.output.count("Applying invoicing.0001_initial") == 1
        assert "Applying" not in again.output
        assert facts(project, '[apps("default"), apps("invoicing")]') == [
            ["auth", "contenttypes", "portfolio"],
            ["invoicing"],
        ]

    def test_are_used_where_old_records_name_a_part_of_what_they_replace(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")
        project.python("""
        from django.db import connection
        from django.db.migrations.recorder import MigrationRecorder
        MigrationRecorder(connection).record_applied("invoicing", "0001_initial")
        """)
        project.add_migration(
            "invoicing/db", "0002_second", "", dependencies=(("invoicing", "0001_initial"),)
        )
        project.done("squashmigrations", "invoicing", "0002", "--no-input")

        run = project.done("migrate")

        assert "Applying" not in run.output.partition("Database 'invoicing':")[0]
        assert "Applying invoicing.0002_second... OK" in run.output


class TestOtherMigrationCommands:
    def test_makemigrations_writes_beside_the_models_and_checks_all_histories(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")
        project.add_component("budgeting")

        run = project.done("makemigrations")

        assert run.output.splitlines()[:2] == [
            "Migrations for 'budgeting':",
            "  budgeting/db/migrations/0001_initial.py",
        ]
        assert run.errors == ""

    def test_sqlmigrate_shows_a_component_only_for_its_own_database(
        self, project: ThrowAwayProject
    ) -> None:
        elsewhere = project.done("sqlmigrate", "invoicing", "0001", "--database", "default")
        at_home = project.done("sqlmigrate", "invoicing", "0001", "--database", "invoicing")

        assert "CREATE TABLE" not in elsewhere.output
        assert "CREATE TABLE" in at_home.output

    def test_squashmigrations_writes_beside_the_others(self, project: ThrowAwayProject) -> None:
        project.done("migrate")
        project.add_migration(
            "invoicing/db", "0002_second", "", dependencies=(("invoicing", "0001_initial"),)
        )

        project.done("squashmigrations", "invoicing", "0002", "--no-input")

        migrations = project.root / "invoicing/db/migrations"
        assert (migrations / "0001_squashed_0002_second.py").exists()

    def test_optimizemigration_finds_a_component(self, project: ThrowAwayProject) -> None:
        run = project.done("optimizemigration", "invoicing", "0001")

        assert run.output == "No optimizations possible.\n"


class TestTestRunner:
    TEST = """
    from django.test import TestCase
    from invoicing.db.models import InvoicingRow

    class TestRow(TestCase):
        databases = {"default", "invoicing"}

        def test_is_stored(self):
            InvoicingRow.objects.create(number="7")
            assert InvoicingRow.objects.using("invoicing").count() == 1
    """

    def test_makes_each_database(self, project: ThrowAwayProject) -> None:
        project.write("invoicing/tests.py", self.TEST)

        run = project.done("test", "--no-input")

        assert "Ran 1 test" in run.errors

    def test_makes_each_database_without_migrations(self, project: ThrowAwayProject) -> None:
        project.write("invoicing/tests.py", self.TEST)
        project.more_settings = """
        for database in DATABASES.values():
            database.setdefault("TEST", {})["MIGRATE"] = False
        """

        run = project.done("test", "--no-input")

        assert "Ran 1 test" in run.errors
