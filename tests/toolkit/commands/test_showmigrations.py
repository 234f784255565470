from __future__ import annotations

import pytest

from tests.toolkit.projects import ThrowAwayProject

pytestmark = pytest.mark.own_databases


class TestShowmigrations:
    def test_shows_each_database_with_its_own_apps(self, project: ThrowAwayProject) -> None:
        project.apps.remove("django.contrib.auth")
        project.apps.remove("django.contrib.contenttypes")
        project.done("migrate")
        project.add_migration(
            "invoicing/db", "0002_unpaid", "", dependencies=(("invoicing", "0001_initial"),)
        )

        run = project.done("showmigrations")

        assert run.output.splitlines() == [
            "Database 'default':",
            "portfolio",
            " [X] 0001_initial",
            "Database 'invoicing':",
            "invoicing",
            " [X] 0001_initial",
            " [ ] 0002_unpaid",
        ]

    def test_plans_each_database_without_what_is_elsewhere(self, project: ThrowAwayProject) -> None:
        project.add_migration(
            "invoicing/db",
            "0002_unpaid",
            "",
            dependencies=(("invoicing", "0001_initial"), ("portfolio", "0001_initial")),
        )
        project.done("migrate", "portfolio")

        run = project.done("showmigrations", "--plan", "invoicing", "portfolio")

        assert run.output.splitlines() == [
            "Database 'invoicing':",
            "[ ]  invoicing.0001_initial",
            "[ ]  invoicing.0002_unpaid",
            "Database 'default':",
            "[X]  portfolio.0001_initial",
        ]

    def test_an_app_is_shown_where_it_lives(self, project: ThrowAwayProject) -> None:
        legacy = project.done("showmigrations", "portfolio")
        component = project.done("showmigrations", "invoicing")

        assert legacy.output == "portfolio\n [ ] 0001_initial\n"
        assert component.output == "Database 'invoicing':\ninvoicing\n [ ] 0001_initial\n"

    def test_a_database_shows_its_own_apps_alone(self, project: ThrowAwayProject) -> None:
        run = project.done("showmigrations", "--database", "invoicing")

        assert run.output == "invoicing\n [ ] 0001_initial\n"

    def test_says_where_an_app_is_that_does_not_migrate_in_the_named_database(
        self, project: ThrowAwayProject
    ) -> None:
        run = project.done("showmigrations", "invoicing", "portfolio", "--database", "default")

        assert run.output.splitlines() == [
            "'invoicing' does not migrate in 'default', but in: 'invoicing'.",
            "portfolio",
            " [ ] 0001_initial",
        ]

    def test_a_database_whose_apps_have_no_migrations_says_so(
        self, project: ThrowAwayProject
    ) -> None:
        project.more_settings = 'MIGRATION_MODULES = {"invoicing": None}'

        run = project.done("showmigrations", "--database", "invoicing")

        assert run.output == " (no migrations)\n"

    def test_an_unknown_app_is_refused_as_by_django(self, project: ThrowAwayProject) -> None:
        run = project.manage("showmigrations", "invocing")

        assert (run.status, run.errors) == (2, "No installed app with label 'invocing'.\n")

    def test_shows_the_others_when_one_is_down(self, project: ThrowAwayProject) -> None:
        project.more_settings = """
        DATABASES["invoicing"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/a.db"}
        """

        run = project.manage("showmigrations")

        assert run.status == 1
        assert run.output.splitlines()[-4:] == [
            "portfolio",
            " [ ] 0001_initial",
            "Database 'invoicing':",
            " (can't be reached: unable to open database file)",
        ]
        assert run.errors == (
            "CommandError: Databases that can't be reached: invoicing. "
            "'invoicing' answers: unable to open database file. "
            "Their migrations are not shown. Start them, or correct DATABASES.\n"
        )

    def test_says_what_django_says_where_all_live_in_default(
        self, project: ThrowAwayProject
    ) -> None:
        project.own_databases.clear()
        django = project.python("""
        from django.core.management import call_command
        from django.core.management.commands.showmigrations import Command
        call_command(Command(), no_color=True)
        """)

        run = project.done("showmigrations")

        assert run.output == django.output
