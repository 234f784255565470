from __future__ import annotations

import pytest

from tests.toolkit.projects import ThrowAwayProject
from tests.toolkit.testing.conftest import RunPytest

pytestmark = pytest.mark.any_layout

MEET_IN_THREADS = """
import pytest
from django.db import connections
from rope.db.models import RopeRow

@pytest.mark.component("rope")
@pytest.mark.django_db(transaction=True)
def test_threads_meet(run_in_threads):
    run_in_threads(lambda number: RopeRow.objects.create(number=number), range(20), threads=4)

    assert RopeRow.objects.count() == 20
    assert connections["rope"].settings_dict["NAME"].endswith("test_own_rope.sqlite3{suffix}")
"""


@pytest.fixture
def ropery(project: ThrowAwayProject) -> ThrowAwayProject:
    """One component, whose SQLite database names no test database, and has its migrations."""
    project.add_component("rope")
    project.more_settings = """
        DATABASES = {
            alias: {
                "ENGINE": "django.db.backends.sqlite3",
                "NAME": Path(__file__).parent / f"own_{alias}.sqlite3",
                "OPTIONS": {"transaction_mode": "IMMEDIATE"},
            }
            for alias in ("default", "rope")
        }
    """
    project.write("test_it.py", MEET_IN_THREADS.format(suffix=""))
    project.done("makemigrations")
    return project


class TestFiles:
    def test_let_threads_meet(self, ropery: ThrowAwayProject, run_pytest: RunPytest) -> None:
        run = run_pytest()

        assert "1 passed" in run.output, run.output + run.errors
        assert not (ropery.root / "test_own_rope.sqlite3").exists()

    @pytest.mark.usefixtures("ropery")
    def test_go_with_no_migrations(self, run_pytest: RunPytest) -> None:
        run = run_pytest("--nomigrations")

        assert "1 passed" in run.output, run.output + run.errors

    def test_stay_where_the_databases_are_reused(
        self, ropery: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        first = run_pytest("--reuse-db")
        made = (ropery.root / "test_own_rope.sqlite3").stat().st_ino
        second = run_pytest("--reuse-db")

        assert "1 passed" in first.output, first.output + first.errors
        assert "1 passed" in second.output, second.output + second.errors
        assert (ropery.root / "test_own_rope.sqlite3").stat().st_ino == made

    def test_have_a_suffix_for_each_worker_of_xdist(
        self, ropery: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        ropery.write(
            "conftest.py",
            """
            def pytest_configure(config):
                config.workerinput = {"workerid": "gw7"}
            """,
        )
        ropery.write("test_it.py", MEET_IN_THREADS.format(suffix="_gw7"))

        run = run_pytest()

        assert "1 passed" in run.output, run.output + run.errors

    def test_are_not_forced_on_a_database_that_asks_for_memory(
        self, ropery: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        ropery.more_settings += """
        DATABASES["default"]["NAME"] = ":memory:"
        DATABASES["rope"]["TEST"] = {"NAME": "file:of_rope?mode=memory&cache=shared"}
        """
        ropery.write(
            "test_it.py",
            """
            import pytest
            from django.db import connections

            @pytest.mark.component("rope")
            def test_it():
                names = [connection.settings_dict["NAME"] for connection in connections.all()]
                assert names == [
                    "file:memorydb_default?mode=memory&cache=shared",
                    "file:of_rope?mode=memory&cache=shared",
                ]
            """,
        )

        run = run_pytest()

        assert "1 passed" in run.output, run.output + run.errors
