from __future__ import annotations

import pytest

from tests.toolkit.projects import ThrowAwayProject
from tests.toolkit.testing.conftest import RunPytest

pytestmark = pytest.mark.any_layout

READ_ALL = """\
from berth.db.models import BerthRow
from crane.db.models import CraneRow
from django.contrib.auth.models import User
from steel.db.models import SteelRow


def count_all():
    return [model.objects.count() for model in (BerthRow, CraneRow, SteelRow, User)]
"""


class TestMark:
    def test_gives_the_databases_of_what_the_component_depends_on(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.write("reading.py", READ_ALL)
        harbour.write(
            "test_it.py",
            """
            import pytest
            from django.test.testcases import DatabaseOperationForbidden
            from reading import count_all
            from rope.db.models import RopeRow

            @pytest.mark.component("berth")
            def test_reads():
                assert count_all() == [0, 0, 0, 0]

            @pytest.mark.component("berth")
            def test_is_kept_from_the_others():
                with pytest.raises(DatabaseOperationForbidden):
                    RopeRow.objects.count()

            @pytest.mark.component("berth", "rope")
            def test_takes_several():
                assert count_all() == [0, 0, 0, 0]
                assert RopeRow.objects.count() == 0

            @pytest.mark.component("berth")
            class TestInAClass:
                @pytest.mark.component("rope")
                def test_adds_to_the_mark_of_its_class(self):
                    assert count_all() == [0, 0, 0, 0]
                    assert RopeRow.objects.count() == 0
            """,
        )

        run = run_pytest()

        assert "4 passed" in run.output, run.output + run.errors

    def test_keeps_the_options_of_django_db(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.write(
            "test_it.py",
            """
            import pytest
            from django.db import connections
            from rope.db.models import RopeRow
            from steel.db.models import SteelRow

            @pytest.mark.django_db(transaction=True, databases=["rope"])
            @pytest.mark.component("steel")
            def test_unites_the_databases():
                assert RopeRow.objects.count() == SteelRow.objects.count() == 0
                assert not connections["steel"].in_atomic_block

            @pytest.mark.component("steel")
            @pytest.mark.django_db(True, False, ["rope"])
            def test_reads_positions():
                assert RopeRow.objects.count() == SteelRow.objects.count() == 0
                assert not connections["steel"].in_atomic_block

            @pytest.mark.component("steel")
            @pytest.mark.django_db(databases="__all__")
            def test_leaves_all():
                assert RopeRow.objects.count() == SteelRow.objects.count() == 0
                assert connections["steel"].in_atomic_block
            """,
        )

        run = run_pytest()

        assert "3 passed" in run.output, run.output + run.errors

    def test_is_heeded_where_a_conftest_adds_it(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.write(
            "conftest.py",
            """
            import pytest

            def pytest_collection_modifyitems(items):
                for item in items:
                    item.add_marker(pytest.mark.component("rope"))
            """,
        )
        harbour.write(
            "test_it.py",
            """
            import pytest
            from rope.db.models import RopeRow
            from steel.db.models import SteelRow

            def test_reads():
                assert RopeRow.objects.count() == 0

            @pytest.mark.component("steel")
            def test_reads_both():
                assert RopeRow.objects.count() == SteelRow.objects.count() == 0
            """,
        )

        run = run_pytest()

        assert "2 passed" in run.output, run.output + run.errors

    def test_lets_django_order_the_tests(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.write(
            "test_it.py",
            """
            import pytest

            def test_last(): ...

            @pytest.mark.component("steel")
            @pytest.mark.django_db(transaction=True)
            def test_second(): ...

            @pytest.mark.component("steel")
            def test_first(): ...
            """,
        )

        run = run_pytest("--collect-only")

        assert run.output.splitlines()[:3] == [
            "test_it.py::test_first",
            "test_it.py::test_second",
            "test_it.py::test_last",
        ]

    def test_includes_replicas_only_where_no_transaction_surrounds_the_test(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.more_settings = """
            DATABASES["steel_copy"] = {
                **DATABASES["steel"], "REPLICA_OF": "steel", "TEST": {"MIRROR": "steel"}
            }
        """
        harbour.write(
            "test_it.py",
            """
            import pytest
            from steel.db.models import SteelRow

            @pytest.mark.component("steel")
            @pytest.mark.django_db(transaction=True)
            def test_reads_the_replica():
                SteelRow.objects.create(number="1")
                assert SteelRow.objects.all().db == "steel_copy"
                assert SteelRow.objects.count() == 1

            @pytest.mark.component("steel")
            def test_reads_its_own_writes():
                SteelRow.objects.create(number="1")
                assert SteelRow.objects.all().db == "steel"
                assert SteelRow.objects.count() == 1
            """,
        )

        run = run_pytest()

        assert "2 passed" in run.output, run.output + run.errors

    def test_gives_the_databases_of_legacy_apps(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.add_app("dredging")
        harbour.add_database("silt")
        harbour.add_component("buoy", depends_on_legacy=("dredging",))
        harbour.write(
            "silting.py",
            """
            class SiltRouter:
                def db_for_read(self, model, **hints):
                    return "silt" if model._meta.app_label == "dredging" else None

                db_for_write = db_for_read

                def allow_migrate(self, db, app_label, **hints):
                    return db == "silt" if app_label == "dredging" else None
            """,
        )
        harbour.more_settings = """
            DATABASE_ROUTERS = ["bulkhead.routers.ComponentRouter", "silting.SiltRouter"]
        """
        harbour.write(
            "test_it.py",
            """
            import pytest
            from buoy.db.models import BuoyRow
            from dredging.models import Dredging

            @pytest.mark.component("buoy")
            def test_reads():
                assert Dredging.objects.all().db == "silt"
                assert BuoyRow.objects.count() == Dredging.objects.count() == 0
            """,
        )

        run = run_pytest()

        assert "1 passed" in run.output, run.output + run.errors


class TestRefusals:
    def test_names_the_installed_components_where_a_label_is_wrong(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.write(
            "test_it.py",
            """
            import pytest

            @pytest.mark.component("bert")
            def test_with_a_typo(): ...

            @pytest.mark.component("berth")
            def test_beside_it(): ...
            """,
        )

        run = run_pytest()

        assert refusal_of(run.output) == (
            "@pytest.mark.component of test_it.py::test_with_a_typo: No component is labelled "
            "'bert'. Installed components: berth, crane, rope, steel. Check the spelling, or add "
            "the component to INSTALLED_APPS."
        )
        assert "1 passed, 1 error" in run.output

    def test_says_where_options_belong(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.write(
            "test_it.py",
            """
            import pytest

            @pytest.mark.component("berth", transaction=True)
            def test_with_an_option(): ...
            """,
        )

        run = run_pytest()

        assert refusal_of(run.output) == (
            "@pytest.mark.component of test_it.py::test_with_an_option: it takes the labels of "
            "components, such as @pytest.mark.component('invoicing'), and nothing else. Options "
            "such as transaction=True belong to @pytest.mark.django_db, which may stand beside it."
        )

    def test_asks_for_a_label(self, harbour: ThrowAwayProject, run_pytest: RunPytest) -> None:
        harbour.write(
            "test_it.py",
            """
            import pytest

            @pytest.mark.component
            def test_without_a_label(): ...
            """,
        )

        run = run_pytest()

        assert refusal_of(run.output) == (
            "@pytest.mark.component of test_it.py::test_without_a_label: it takes the labels of "
            "components, such as @pytest.mark.component('invoicing'), and nothing else. Options "
            "such as transaction=True belong to @pytest.mark.django_db, which may stand beside it."
        )

    def test_tells_a_django_test_case_what_to_write_instead(
        self, harbour: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        harbour.write(
            "test_it.py",
            """
            import pytest
            from bulkhead.testing.aliases import databases_of
            from crane.db.models import CraneRow
            from django.test import TestCase

            @pytest.mark.component("berth")
            class TestMarked(TestCase):
                def test_it(self): ...

            class TestDeclared(TestCase):
                databases = databases_of("berth")

                def test_reads(self):
                    assert CraneRow.objects.count() == 0
            """,
        )

        run = run_pytest()

        assert refusal_of(run.output) == (
            "@pytest.mark.component of test_it.py::TestMarked::test_it: TestMarked is a Django "
            "test case, which reads no marks. Write in its body: databases = "
            "databases_of('invoicing'), from bulkhead.testing.aliases."
        )
        assert "1 passed, 1 error" in run.output

    def test_says_that_pytest_django_is_missing(
        self, project: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        project.write("test_it.py", MARKED)

        run = run_pytest("-p", "no:django")

        assert refusal_of(run.output) == (
            "@pytest.mark.component of test_it.py::test_marked: It needs pytest-django, which is "
            "not installed. Install it with: pip install 'django-bulkhead[testing]'"
        )
        assert "1 passed, 1 error" in run.output

    def test_says_that_there_is_no_project(
        self, project: ThrowAwayProject, run_pytest: RunPytest
    ) -> None:
        project.write("test_it.py", MARKED)

        run = run_pytest(DJANGO_SETTINGS_MODULE="")

        assert refusal_of(run.output) == (
            "@pytest.mark.component of test_it.py::test_marked: it needs a Django project, and "
            "none is set up. Set DJANGO_SETTINGS_MODULE in pytest's configuration."
        )
        assert "1 passed, 1 error" in run.output


MARKED = """\
import pytest

@pytest.mark.component("berth")
def test_marked(): ...

def test_plain(): ...
"""


def refusal_of(output: str) -> str:
    """Return the message under the first error's heading."""
    lines = output.splitlines()
    heading = next(number for number, line in enumerate(lines) if "ERROR at setup of" in line)
    return lines[heading + 1]
