from __future__ import annotations

import pytest

from tests.toolkit.projects import ThrowAwayProject

pytestmark = pytest.mark.own_databases

WARNING = """
from bulkhead.management.commands.runserver import Command
Command().check_migrations()
"""


class TestRunserver:
    def test_warns_of_each_database_that_is_behind(self, project: ThrowAwayProject) -> None:
        project.done("migrate", "--database", "default")

        run = project.python(WARNING)

        assert run.output == (
            "\nThe database 'invoicing' has 1 unapplied migration(s), for app(s): invoicing.\n"
            "Run 'python manage.py migrate' to apply them.\n"
        )

    def test_counts_for_default_only_what_lives_there(self, project: ThrowAwayProject) -> None:
        project.done("migrate", "invoicing")
        project.done("migrate", "auth")

        run = project.python(WARNING)

        assert run.output == (
            "\nYou have 1 unapplied migration(s). Your project may not work properly until you "
            "apply the migrations for app(s): portfolio.\n"
            "Run 'python manage.py migrate' to apply them.\n"
        )

    def test_says_nothing_where_all_are_up_to_date(self, project: ThrowAwayProject) -> None:
        project.done("migrate")

        run = project.python(WARNING)

        assert (run.status, run.output) == (0, "")

    def test_says_which_database_is_down(self, project: ThrowAwayProject) -> None:
        project.done("migrate")
        project.more_settings = """
        DATABASES["invoicing"] = {"ENGINE": "django.db.backends.sqlite3", "NAME": "/nowhere/a.db"}
        """

        run = project.python(WARNING)

        assert run.output == (
            "\nThe database 'invoicing' can't be reached, so nobody knows whether it has unapplied "
            "migrations. It answers: unable to open database file.\n"
        )

    def test_is_built_on_that_of_staticfiles(self, project: ThrowAwayProject) -> None:
        project.apps.append("django.contrib.staticfiles")

        run = project.done("runserver", "--help")

        assert "--nostatic" in run.output
