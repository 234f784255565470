from __future__ import annotations

import pytest

from tests.toolkit.projects import ThrowAwayProject
from tests.toolkit.testing.conftest import RunPytest

pytestmark = pytest.mark.any_layout


class TestAProjectWithoutComponents:
    def test_needs_no_django_settings(
        self, project: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        project.write("test_it.py", "def test_plain(): ...\n")

        run = run_pytest(DJANGO_SETTINGS_MODULE="")

        assert "1 passed" in run.output, run.output + run.errors

    def test_needs_no_pytest_django(self, project: ThrowAwayProject, run_pytest: RunPytest) -> None:
        project.write("test_it.py", "def test_plain(): ...\n")

        run = run_pytest("-p", "no:django")

        assert "1 passed" in run.output, run.output + run.errors

    def test_does_not_load_django_for_pytest(
        self, project: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        project.write(
            "test_it.py",
            """
            import sys

            def test_plain():
                assert "bulkhead.testing.plugin" in sys.modules
                assert not [name for name in sys.modules if name.startswith("django.")]
            """,
        )

        run = run_pytest("-p", "no:django")

        assert "1 passed" in run.output, run.output + run.errors

    def test_keeps_its_test_databases_in_memory(
        self, project: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        project.more_settings = """
            INSTALLED_APPS.remove("bulkhead")
            DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "own.sqlite3"}}
        """
        project.write(
            "test_it.py",
            """
            import pytest
            from django.contrib.auth.models import User
            from django.db import connection

            @pytest.mark.django_db
            def test_it():
                assert User.objects.count() == 0
                assert "mode=memory" in connection.settings_dict["NAME"]
            """,
        )

        run = run_pytest()

        assert "1 passed" in run.output, run.output + run.errors
