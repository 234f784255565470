from __future__ import annotations

import pytest

from tests.toolkit.commands.facts import facts
from tests.toolkit.projects import CREATE, Run, ThrowAwayProject

pytestmark = pytest.mark.own_databases

DJANGO_MIGRATES = """
import django
from django.core.management import call_command
from django.core.management.commands.migrate import Command
call_command(Command(), no_color=True)
"""


def without_django(run: Run) -> list[str]:
    """Return the lines that are not about Django's own migrations."""
    return [
        line
        for line in run.output.splitlines()
        if not line.startswith(("  Applying auth.", "  Applying contenttypes."))
    ]


class TestMigrateWithoutDatabase:
    def test_migrates_default_and_then_those_of_components_dependencies_first(
        self, project: ThrowAwayProject
    ) -> None:
        project.apps.remove("invoicing")
        project.add_component("budgeting", depends_on=("invoicing",))
        project.add_migration("budgeting/db", "0001_initial", CREATE.format(name="BudgetingRow"))
        project.apps.append("invoicing")

        run = project.done("migrate")

        assert without_django(run) == [
            "Database 'default':",
            "Operations to perform:",
            "  Apply all migrations: auth, contenttypes, portfolio",
            "Running migrations:",
            "  Applying portfolio.0001_initial... OK",
            "Database 'invoicing':",
            "Operations to perform:",
            "  Apply all migrations: invoicing",
            "Running migrations:",
            "  Applying invoicing.0001_initial... OK",
            "Database 'budgeting':",
            "Operations to perform:",
            "  Apply all migrations: budgeting",
            "Running migrations:",
            "  Applying budgeting.0001_initial... OK",
        ]

    def test_records_and_makes_tables_only_where_an_app_lives(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")

        found = facts(
            project,
            '[apps("default"), tables("default"), apps("invoicing"), tables("invoicing"), '
            "content_types()]",
        )

        assert found == [
            ["auth", "contenttypes", "portfolio"],
            ["portfolio_portfolio"],
            ["invoicing"],
            ["invoicing_invoicingrow"],
            ["invoicing.invoicingrow", "portfolio.portfolio"],
        ]

    def test_has_nothing_to_do_the_second_time(self, project: ThrowAwayProject) -> None:
        project.done("migrate")

        run = project.done("migrate")

        assert run.output.count("No migrations to apply.") == 2
        assert "Applying" not in run.output

    def test_says_what_django_says_where_all_live_in_default(
        self, project: ThrowAwayProject
    ) -> None:
        project.own_databases.clear()
        project.done("migrate")

        run = project.done("migrate")

        assert run.output == project.python(DJANGO_MIGRATES).output

    def test_names_the_databases_where_no_component_lives(self, project: ThrowAwayProject) -> None:
        project.add_database("archive")

        run = project.done("migrate")

        assert run.output.splitlines()[-1] == (
            "Left alone: 'archive', where no component lives. "
            "Run 'manage.py migrate --database archive' to migrate it."
        )

    def test_migrates_nothing_when_a_database_is_down(self, project: ThrowAwayProject) -> None:
        project.more_settings = """
        DATABASES["invoicing"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/a.db"}
        """

        run = project.manage("migrate", "--skip-checks")

        assert run.status == 1
        assert run.output == ""
        assert run.errors == (
            "CommandError: Databases that can't be reached: invoicing. "
            "'invoicing' answers: unable to open database file. None was migrated. "
            "Start them, or correct DATABASES.\n"
        )
        assert facts(project, 'tables("default")') == []

    def test_a_failing_migration_says_which_database_it_was(
        self, project: ThrowAwayProject
    ) -> None:
        project.add_migration(
            "invoicing/db",
            "0002_broken",
            'migrations.RunSQL("THIS IS NO SQL")',
            dependencies=(("invoicing", "0001_initial"),),
        )

        run = project.manage("migrate")

        assert run.status == 1
        assert run.errors.rstrip().endswith(
            "While migrating 'invoicing'. Migrated before: 'default'."
        )

    def test_leaves_replicas_to_their_primary(self, project: ThrowAwayProject) -> None:
        project.more_settings = """
        DATABASES["invoicing_replica"] = {
            **DATABASES["invoicing"], "REPLICA_OF": "invoicing", "TEST": {"MIRROR": "invoicing"}
        }
        """

        run = project.done("migrate")
        refused = project.manage("migrate", "--database", "invoicing_replica")

        assert "invoicing_replica" not in run.output
        assert refused.errors == (
            "CommandError: 'invoicing_replica' is a replica of 'invoicing' and is never migrated: "
            "migrate 'invoicing'. In tests, its entry in DATABASES needs "
            "TEST = {\"MIRROR\": 'invoicing'}.\n"
        )


class TestMigrateAnApp:
    def test_goes_to_the_database_where_it_lives(self, project: ThrowAwayProject) -> None:
        project.done("migrate", "--database", "default")

        run = project.done("migrate", "invoicing")

        assert run.output.splitlines() == [
            "Database 'invoicing':",
            "Operations to perform:",
            "  Apply all migrations: invoicing",
            "Running migrations:",
            "  Applying invoicing.0001_initial... OK",
        ]
        assert facts(project, '[apps("default"), apps("invoicing")]') == [
            ["auth", "contenttypes", "portfolio"],
            ["invoicing"],
        ]

    def test_a_legacy_app_goes_to_default_alone(self, project: ThrowAwayProject) -> None:
        run = project.done("migrate", "portfolio")

        assert run.output.splitlines() == [
            "Operations to perform:",
            "  Apply all migrations: portfolio",
            "Running migrations:",
            "  Applying portfolio.0001_initial... OK",
        ]

    def test_leaves_a_database_alone_where_no_component_lives(
        self, project: ThrowAwayProject
    ) -> None:
        project.add_database("archive")

        project.done("migrate", "portfolio")

        assert facts(project, '[tables("default"), tables("archive")]') == [
            ["portfolio_portfolio"],
            [],
        ]

    def test_goes_to_both_where_a_router_lets_it(self, project: ThrowAwayProject) -> None:
        project.write(
            "inviting.py",
            """
            class PortfolioEverywhere:
                def allow_migrate(self, db, app_label, **hints):
                    return True if app_label == "portfolio" else None
            """,
        )
        project.more_settings = 'DATABASE_ROUTERS.append("inviting.PortfolioEverywhere")'

        project.done("migrate", "portfolio")

        assert facts(project, '[tables("default"), tables("invoicing")]') == [
            ["portfolio_portfolio"],
            ["portfolio_portfolio"],
        ]

    def test_finds_the_only_database_of_an_app_that_a_router_sends_away(
        self, project: ThrowAwayProject
    ) -> None:
        project.add_database("archive")
        project.write(
            "sending.py",
            """
            class PortfolioInArchive:
                def allow_migrate(self, db, app_label, **hints):
                    return db == "archive" if app_label == "portfolio" else None
            """,
        )
        project.more_settings = 'DATABASE_ROUTERS.append("sending.PortfolioInArchive")'

        run = project.done("migrate", "portfolio")

        assert run.output.splitlines()[0] == "Database 'archive':"
        assert facts(project, '[tables("default"), tables("archive")]') == [
            [],
            ["portfolio_portfolio"],
        ]

    def test_is_refused_where_the_routers_let_it_in_nowhere(
        self, project: ThrowAwayProject
    ) -> None:
        project.write(
            "refusing.py",
            """
            class NoPortfolio:
                def allow_migrate(self, db, app_label, **hints):
                    return False if app_label == "portfolio" else None
            """,
        )
        project.more_settings = 'DATABASE_ROUTERS.append("refusing.NoPortfolio")'

        run = project.manage("migrate", "portfolio")

        assert run.errors == (
            "CommandError: The routers let 'portfolio' migrate in no database. "
            "Databases: default, invoicing. Correct allow_migrate() in DATABASE_ROUTERS.\n"
        )

    def test_is_not_recorded_where_a_router_refuses_it_also_without_components(
        self, project: ThrowAwayProject
    ) -> None:
        project.write(
            "refusing.py",
            """
            class NoPortfolio:
                def allow_migrate(self, db, app_label, **hints):
                    return False if app_label == "portfolio" else None
            """,
        )
        project.more_settings = 'DATABASE_ROUTERS.append("refusing.NoPortfolio")'
        project.apps.remove("invoicing")

        project.done("migrate")

        assert facts(project, 'apps("default")') == ["auth", "contenttypes"]

    def test_goes_back_to_zero_where_it_lives(self, project: ThrowAwayProject) -> None:
        project.done("migrate")

        run = project.done("migrate", "invoicing", "zero")

        assert "  Unapplying invoicing.0001_initial... OK" in run.output.splitlines()
        assert facts(project, '[apps("invoicing"), tables("invoicing"), tables("default")]') == [
            [],
            [],
            ["portfolio_portfolio"],
        ]

    def test_is_refused_a_target_in_a_database_where_it_does_not_live(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")

        zero = project.manage("migrate", "invoicing", "zero", "--database", "default")
        name = project.manage("migrate", "portfolio", "0001", "--database", "invoicing")

        assert (zero.status, zero.errors) == (
            1,
            (
                "CommandError: 'invoicing' does not migrate in 'default', but in: 'invoicing'. "
                "Leave --database out, or name the right one.\n"
            ),
        )
        assert (name.status, name.errors) == (
            1,
            (
                "CommandError: 'portfolio' does not migrate in 'invoicing', but in: 'default'. "
                "Leave --database out, or name the right one.\n"
            ),
        )

    def test_says_that_there_is_nothing_to_do_in_a_database_where_it_does_not_live(
        self, project: ThrowAwayProject
    ) -> None:
        component = project.done("migrate", "invoicing", "--database", "default")
        legacy_app = project.done("migrate", "portfolio", "--database", "invoicing")

        assert component.output == (
            "'invoicing' does not migrate in 'default', but in: 'invoicing'. Nothing to do here.\n"
        )
        assert legacy_app.output == (
            "'portfolio' does not migrate in 'invoicing', but in: 'default'. Nothing to do here.\n"
        )

    def test_prunes_the_records_that_are_left_where_it_does_not_live(
        self, project: ThrowAwayProject
    ) -> None:
        project.own_databases.remove("invoicing")
        project.done("migrate")
        project.own_databases.append("invoicing")
        project.done("migrate")

        run = project.done("migrate", "invoicing", "--prune", "--database", "default")

        assert run.output == (
            "Pruning migrations of 'invoicing', which does not migrate in 'default':\n"
            "  Pruned invoicing.0001_initial\n"
        )
        assert facts(project, '[apps("default"), apps("invoicing")]') == [
            ["auth", "contenttypes", "portfolio"],
            ["invoicing"],
        ]

    def test_an_unknown_one_is_refused_as_by_django(self, project: ThrowAwayProject) -> None:
        run = project.manage("migrate", "invocing")

        assert run.errors == "CommandError: No installed app with label 'invocing'.\n"


class TestMigrateADatabase:
    def test_migrates_that_one_alone(self, project: ThrowAwayProject) -> None:
        run = project.done("migrate", "--database", "invoicing")

        assert run.output.splitlines() == [
            "Operations to perform:",
            "  Apply all migrations: invoicing",
            "Running migrations:",
            "  Applying invoicing.0001_initial... OK",
            (
                "Content types and permissions of invoicing are not in 'default' yet: "
                "it has migrations of its own to run first. Run 'manage.py migrate' to write them."
            ),
        ]
        assert facts(project, '[tables("default"), tables("invoicing")]') == [
            [],
            ["invoicing_invoicingrow"],
        ]

    def test_from_code_it_touches_no_other(self, project: ThrowAwayProject) -> None:
        project.done("migrate", "--database", "default")
        project.python("""
        from django.contrib.contenttypes.models import ContentType
        ContentType.objects.filter(app_label="invoicing").delete()
        """)

        project.python("""
        from django.core.management import call_command
        call_command("migrate", database="invoicing", verbosity=0, run_syncdb=True)
        """)

        assert facts(project, '[tables("invoicing"), content_types()]') == [
            ["invoicing_invoicingrow"],
            ["portfolio.portfolio"],
        ]


class TestContentTypes:
    def test_are_written_when_a_component_is_migrated_alone(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")
        project.write(
            "invoicing/db/models.py",
            """
            from django.db import models

            class InvoicingRow(models.Model):
                number = models.CharField(max_length=20)

            class ReminderRow(models.Model):
                number = models.CharField(max_length=20)
            """,
        )
        project.done("makemigrations")

        project.done("migrate", "invoicing")

        assert facts(project, "content_types()") == [
            "invoicing.invoicingrow",
            "invoicing.reminderrow",
            "portfolio.portfolio",
        ]
        assert facts(project, "permissions()[2]") == "add_reminderrow"

    def test_are_written_when_its_database_is_named(self, project: ThrowAwayProject) -> None:
        project.apps.remove("invoicing")
        project.done("migrate")
        project.apps.append("invoicing")

        project.done("migrate", "--database", "invoicing")

        assert facts(project, "content_types()") == [
            "invoicing.invoicingrow",
            "portfolio.portfolio",
        ]

    def test_keep_their_permissions_when_a_model_is_renamed(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")
        before = facts(
            project, 'ContentType.objects.get_by_natural_key("invoicing", "invoicingrow").pk'
        )
        project.write(
            "invoicing/db/models.py",
            """
            from django.db import models

            class BillRow(models.Model):
                number = models.CharField(max_length=20)
            """,
        )
        project.add_migration(
            "invoicing/db",
            "0002_bill",
            'migrations.RenameModel("InvoicingRow", "BillRow")',
            dependencies=(("invoicing", "0001_initial"),),
        )

        project.done("migrate")
        forwards = facts(
            project, 'ContentType.objects.get_by_natural_key("invoicing", "billrow").pk'
        )
        project.done("migrate", "invoicing", "0001")
        backwards = facts(
            project, 'ContentType.objects.get_by_natural_key("invoicing", "invoicingrow").pk'
        )

        assert (forwards, backwards) == (before, before)


class TestOptions:
    def test_check_fails_when_any_database_is_behind(self, project: ThrowAwayProject) -> None:
        project.done("migrate", "--database", "default")

        behind = project.manage("migrate", "--check")
        project.done("migrate")
        up_to_date = project.manage("migrate", "--check")

        assert (behind.status, behind.output) == (
            1,
            "The database 'invoicing' has unapplied migrations.\n",
        )
        assert (up_to_date.status, up_to_date.output) == (0, "")

    def test_plan_shows_what_each_database_would_run(self, project: ThrowAwayProject) -> None:
        project.done("migrate", "--database", "default")

        run = project.done("migrate", "--plan")

        assert run.output.splitlines() == [
            "Database 'default':",
            "Planned operations:",
            "  No planned migration operations.",
            "Database 'invoicing':",
            "Planned operations:",
            "invoicing.0001_initial",
            "    Create model InvoicingRow",
        ]

    def test_check_and_plan_together_fail_and_show(self, project: ThrowAwayProject) -> None:
        project.done("migrate", "--database", "default")

        run = project.manage("migrate", "--plan", "--check")

        assert run.status == 1
        assert run.output.splitlines()[-1] == "    Create model InvoicingRow"

    def test_fake_records_where_the_app_lives(self, project: ThrowAwayProject) -> None:
        project.done("migrate", "invoicing", "--fake")

        assert facts(project, '[apps("default"), apps("invoicing"), tables("invoicing")]') == [
            [],
            ["invoicing"],
            [],
        ]

    def test_fake_initial_takes_over_the_tables_that_are_there(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")
        project.python("""
        from django.db import connections
        from django.db.migrations.recorder import MigrationRecorder
        MigrationRecorder(connections["invoicing"]).flush()
        """)

        run = project.done("migrate", "--fake-initial")

        assert "  Applying invoicing.0001_initial... FAKED" in run.output.splitlines()

    def test_run_syncdb_makes_tables_only_where_an_app_lives(
        self, project: ThrowAwayProject
    ) -> None:
        project.more_settings = 'MIGRATION_MODULES = {"portfolio": None, "invoicing": None}'

        run = project.done("migrate", "--run-syncdb")

        assert "  Synchronize unmigrated apps: invoicing" in run.output.splitlines()
        assert facts(project, '[tables("default"), tables("invoicing")]') == [
            ["portfolio_portfolio"],
            ["invoicing_invoicingrow"],
        ]

    def test_prune_forgets_migrations_that_are_gone(self, project: ThrowAwayProject) -> None:
        project.add_migration(
            "invoicing/db", "0002_gone", "", dependencies=(("invoicing", "0001_initial"),)
        )
        project.done("migrate")
        (project.root / "invoicing/db/migrations/0002_gone.py").unlink()

        run = project.done("migrate", "invoicing", "--prune")

        assert run.output.splitlines() == [
            "Database 'invoicing':",
            "Pruning migrations:",
            "  Pruning invoicing.0002_gone OK",
        ]


class TestOtherAppsCommands:
    def test_the_next_app_is_called_for_each_database(self, project: ThrowAwayProject) -> None:
        project.write(
            "portfolio/management/commands/migrate.py",
            """
            from django.core.management.commands.migrate import Command as DjangoCommand

            class Command(DjangoCommand):
                def handle(self, *args, **options):
                    self.stdout.write(f"loud about {options['database']}")
                    super().handle(*args, **options)
            """,
        )
        project.write("portfolio/management/__init__.py")
        project.write("portfolio/management/commands/__init__.py")

        run = project.done("migrate")

        assert [line for line in run.output.splitlines() if "loud" in line] == [
            "loud about default",
            "loud about invoicing",
        ]

    def test_an_earlier_app_can_be_combined_with_the_mixin(self, project: ThrowAwayProject) -> None:
        project.add_app("loud")
        project.add_migration("loud", "0001_initial", CREATE.format(name="Loud"))
        project.apps.remove("loud")
        project.apps_before.append("loud")
        project.write("loud/management/__init__.py")
        project.write("loud/management/commands/__init__.py")
        project.write(
            "loud/management/commands/migrate.py",
            """
            from bulkhead.management.migrate_all import MigrateAllDatabases
            from django.core.management.commands.migrate import Command as DjangoCommand

            class Loud(DjangoCommand):
                def handle(self, *args, **options):
                    self.stdout.write(f"loud about {options['database']}")
                    super().handle(*args, **options)

            class Command(MigrateAllDatabases, Loud):
                pass
            """,
        )

        run = project.done("migrate")

        assert [line for line in run.output.splitlines() if "loud about" in line] == [
            "loud about default",
            "loud about invoicing",
        ]
