"""Checks that need a project of their own: shadowed commands, and what is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils.module_loading import import_string

from bulkhead.checks.commands import MIXINS
from bulkhead.management.next_in_order import command_after_bulkhead, command_class
from tests.toolkit.commands.facts import facts
from tests.toolkit.projects import ThrowAwayProject

pytestmark = pytest.mark.own_databases

CHECK = ("check", "--database", "default", "--database", "invoicing")
CLEAN = "System check identified no issues (0 silenced).\n"
LOUD = """
from django.core.management.commands.{name} import Command as DjangoCommand

class Command(DjangoCommand):
    pass
"""
COMBINED = """
from bulkhead.management.migrate_all import MigrateAllDatabases
from django.core.management.commands.migrate import Command as DjangoCommand

class Command(MigrateAllDatabases, DjangoCommand):
    pass
"""


def add_command_before_bulkhead(project: ThrowAwayProject, name: str, text: str) -> None:
    project.add_app("loud")
    project.apps.remove("loud")
    project.apps_before.append("loud")
    project.write("loud/management/__init__.py")
    project.write("loud/management/commands/__init__.py")
    project.write(f"loud/management/commands/{name}.py", text)


WITHOUT_BULKHEAD = 'INSTALLED_APPS.remove("bulkhead")\n'
NOT_INSTALLED = (
    "SystemCheckError: System check identified some issues:\n\n"
    "ERRORS:\n"
    "INSTALLED_APPS: (bulkhead.E084) 'bulkhead' is not in INSTALLED_APPS, and these components "
    "are: invoicing. None of Bulkhead's checks runs, and `migrate` is Django's: it migrates one "
    "database, and says nothing of the others.\n"
    "\tHINT: Put 'bulkhead' first in INSTALLED_APPS.\n"
)


class TestMissingBulkhead:
    @pytest.mark.parametrize("command", ["check", "migrate"])
    def test_e084_says_that_components_are_there_without_it(
        self, project: ThrowAwayProject, command: str
    ) -> None:
        project.more_settings = WITHOUT_BULKHEAD

        run = project.manage(command)

        assert run.status == 1
        assert NOT_INSTALLED in run.errors

    def test_w084_only_warns_where_all_live_in_default(self, project: ThrowAwayProject) -> None:
        project.own_databases.clear()
        project.more_settings = WITHOUT_BULKHEAD

        run = project.done("check")

        assert run.errors == (
            "System check identified some issues:\n\n"
            "WARNINGS:\n"
            "INSTALLED_APPS: (bulkhead.W084) 'bulkhead' is not in INSTALLED_APPS, and these "
            "components are: invoicing. None of Bulkhead's checks runs.\n"
            "\tHINT: Put 'bulkhead' first in INSTALLED_APPS.\n\n"
            "System check identified 1 issue (0 silenced).\n"
        )

    def test_e084_leaves_a_project_without_components_alone(self, tmp_path: Path) -> None:
        project = ThrowAwayProject(root=tmp_path)
        project.more_settings = f"import bulkhead.components\n{WITHOUT_BULKHEAD}"

        run = project.done("check")

        assert run.output == CLEAN


class TestShadowedCommands:
    @pytest.mark.parametrize("name", sorted(MIXINS))
    def test_each_of_djangos_has_a_mixin(self, name: str) -> None:
        ours = command_class("bulkhead", name)

        assert issubclass(ours, import_string(MIXINS[name]))
        assert issubclass(ours, command_after_bulkhead(name))

    def test_e015_names_the_app_that_shadows_ours(self, project: ThrowAwayProject) -> None:
        add_command_before_bulkhead(project, "migrate", LOUD.format(name="migrate"))

        run = project.manage("check")

        assert run.status == 1
        assert run.errors == (
            "SystemCheckError: System check identified some issues:\n\n"
            "ERRORS:\n"
            "INSTALLED_APPS: (bulkhead.E015) The app 'loud' stands before 'bulkhead', so "
            "`migrate` is its command, not ours.\n"
            "\tHINT: Move 'bulkhead' before 'loud' in INSTALLED_APPS. Or let that command inherit "
            "from bulkhead.management.migrate_all.MigrateAllDatabases, too.\n\n"
            "System check identified 1 issue (0 silenced).\n"
        )

    def test_w015_only_warns_where_all_live_in_default(self, project: ThrowAwayProject) -> None:
        project.own_databases.clear()
        project.apps_before.append("django.contrib.staticfiles")

        run = project.done("check")

        assert run.errors == (
            "System check identified some issues:\n\n"
            "WARNINGS:\n"
            "INSTALLED_APPS: (bulkhead.W015) The app 'django.contrib.staticfiles' stands before "
            "'bulkhead', so `runserver` is its command, not ours.\n"
            "\tHINT: Move 'bulkhead' before 'django.contrib.staticfiles' in INSTALLED_APPS. Or let "
            "that command inherit from bulkhead.management.warn_of_all.WarnOfAllDatabases, too.\n\n"
            "System check identified 1 issue (0 silenced).\n"
        )

    def test_a_command_combined_with_ours_is_allowed(self, project: ThrowAwayProject) -> None:
        add_command_before_bulkhead(project, "migrate", COMBINED)

        assert project.done("check").output == CLEAN

    def test_another_command_before_ours_is_allowed(self, project: ThrowAwayProject) -> None:
        add_command_before_bulkhead(project, "check", LOUD.format(name="check"))

        assert project.done("check").output == CLEAN

    def test_the_same_command_after_ours_is_allowed(self, project: ThrowAwayProject) -> None:
        project.apps.append("django.contrib.staticfiles")

        assert project.done("check").output == CLEAN


class TestRecordedMigrations:
    def test_e014_names_the_tables_that_are_missing(self, project: ThrowAwayProject) -> None:
        project.write(
            "invoicing/db/models.py",
            """
            from django.db import models

            class InvoicingRow(models.Model):
                number = models.CharField(max_length=20)
                others = models.ManyToManyField("self")

            class BillRow(models.Model):
                class Meta:
                    db_table = "bills"
            """,
        )
        project.done("makemigrations")
        project.done("migrate", "--database", "default")
        project.done("migrate", "invoicing", "--fake")

        run = project.manage(*CHECK)
        project.done("migrate", "invoicing", "zero", "--fake", "--skip-checks")
        project.done("migrate")

        assert run.errors == (
            "SystemCheckError: System check identified some issues:\n\n"
            "ERRORS:\n"
            "invoicing: (bulkhead.E014) The migrations of 'invoicing' are recorded as applied in "
            "'invoicing', but tables are missing there: bills, invoicing_invoicingrow, "
            "invoicing_invoicingrow_others.\n"
            "\tHINT: Point the component to the database that has them, or bring them here. To "
            "make them anew, forget the records first: manage.py migrate invoicing zero --fake "
            "--skip-checks --database invoicing\n\n"
            "System check identified 1 issue (0 silenced).\n"
        )
        assert project.done(*CHECK).output == CLEAN

    def test_tables_that_no_migration_makes_are_not_missed(self, project: ThrowAwayProject) -> None:
        project.write(
            "invoicing/db/models.py",
            """
            from django.db import models

            class InvoicingRow(models.Model):
                number = models.CharField(max_length=20)

            class Proxy(InvoicingRow):
                class Meta:
                    proxy = True

            class Foreign(models.Model):
                class Meta:
                    managed = False
            """,
        )
        project.done("makemigrations")
        project.done("migrate")

        assert project.done(*CHECK).output == CLEAN

    def test_a_migration_that_has_still_to_run_is_not_missed(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")
        project.add_migration(
            "invoicing/db",
            "0002_more",
            'migrations.CreateModel("More", [("id", models.AutoField(primary_key=True))])',
            dependencies=(("invoicing", "0001_initial"),),
        )

        assert project.done(*CHECK).output == CLEAN

    def test_w019_names_records_where_a_component_does_not_migrate(
        self, project: ThrowAwayProject
    ) -> None:
        project.own_databases.remove("invoicing")
        project.done("migrate")
        project.own_databases.append("invoicing")
        project.done("migrate")

        run = project.done(*CHECK)
        project.done("migrate", "invoicing", "--prune", "--database", "default")

        assert run.errors == (
            "System check identified some issues:\n\n"
            "WARNINGS:\n"
            "invoicing: (bulkhead.W019) Migrations of 'invoicing' are recorded in 'default', where "
            "it does not migrate: 0001_initial. It has no rows there.\n"
            "\tHINT: Forget them: manage.py migrate invoicing --prune --database default. Tables "
            "that it has there are left as they are.\n\n"
            "System check identified 1 issue (0 silenced).\n"
        )
        assert project.done(*CHECK).output == CLEAN
        assert facts(project, 'tables("default")') == [
            "invoicing_invoicingrow",
            "portfolio_portfolio",
        ]

    def test_w019_counts_the_rows_that_a_component_left(self, project: ThrowAwayProject) -> None:
        project.own_databases.remove("invoicing")
        project.done("migrate")
        project.python(
            "from invoicing.db.models import InvoicingRow\n"
            "InvoicingRow.objects.create(number='1')\nInvoicingRow.objects.create(number='2')"
        )
        project.own_databases.append("invoicing")
        project.done("migrate", "--verbosity", "0")

        run = project.done(*CHECK)
        project.done("migrate", "invoicing", "--prune", "--database", "default")
        pruned = project.done(*CHECK)

        rows = (
            "invoicing: (bulkhead.W019) Rows of 'invoicing' are left in 'default', where nothing "
            "reads them since the component lives in 'invoicing': 2 in invoicing_invoicingrow."
        )
        assert run.errors == (
            "System check identified some issues:\n\n"
            "WARNINGS:\n"
            f"{rows} Its migrations are recorded there, too: 0001_initial.\n"
            "\tHINT: Let it live in 'default' once more for one run of 'manage.py dumpdata "
            "invoicing --output invoicing.json', then run 'manage.py loaddata invoicing.json' "
            'where it lives now. Compare, and drop the old tables. The how-to "Give a component '
            'its own database" has every step.\n\n'
            "System check identified 1 issue (0 silenced).\n"
        )
        assert f"{rows}\n" in pruned.errors

    def test_rows_of_another_model_in_a_table_of_that_name_are_not_left(
        self, project: ThrowAwayProject
    ) -> None:
        project.done("migrate")
        project.add_app(
            "old",
            models="""
            class Old(models.Model):
                class Meta:
                    db_table = "invoicing_invoicingrow"
            """,
        )
        project.more_settings = 'SILENCED_SYSTEM_CHECKS = ["models.W035"]'
        project.done("makemigrations", "old")
        project.done("migrate")
        project.python("from old.models import Old\nOld.objects.create()")

        assert project.done(*CHECK).output == CLEAN.replace("0 silenced", "1 silenced")

    def test_e018_names_a_database_that_is_down(self, project: ThrowAwayProject) -> None:
        project.done("migrate")
        project.more_settings = """
        DATABASES["invoicing"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/a.db"}
        """

        run = project.manage(*CHECK)

        assert run.errors == (
            "SystemCheckError: System check identified some issues:\n\n"
            "ERRORS:\n"
            "invoicing: (bulkhead.E018) The database 'invoicing' can't be reached. It answers: "
            "unable to open database file.\n"
            "\tHINT: Start it, or correct its entry in DATABASES.\n\n"
            "System check identified 1 issue (0 silenced).\n"
        )

    def test_no_database_is_asked_unless_it_is_named(self, project: ThrowAwayProject) -> None:
        project.more_settings = """
        DATABASES["invoicing"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/a.db"}
        """

        assert project.done("check").output == CLEAN
