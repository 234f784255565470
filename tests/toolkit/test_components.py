from __future__ import annotations

import json
from pathlib import Path

import pytest
from django.apps import AppConfig, apps
from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.test import override_settings
from django.test.utils import isolate_apps

from bulkhead.components import (
    ComponentConfig,
    component_databases,
    component_of_model,
    component_of_module,
    component_of_table,
    find_component,
    get_component,
    installed_components,
)
from bulkhead.errors import UnknownComponentError
from tests.toolkit.projects import ThrowAwayProject
from tests.toolkit.yard.stock.db.models import PalletRow

SALES_ALONE = ["bulkhead", "django.contrib.contenttypes", "tests.toolkit.yard.sales"]


@pytest.fixture
def project(tmp_path: Path) -> ThrowAwayProject:
    """Return an empty project on SQLite: what is tested here is the same on all databases."""
    return ThrowAwayProject(root=tmp_path)


def evaluated(project: ThrowAwayProject, expression: str, *, setup: str = "") -> object:
    """Return what an expression is in a process of the project, as JSON can tell it."""
    run = project.python(
        f"""
import json
from django.apps import apps
{setup}
print(json.dumps({expression}))
"""
    )
    assert run.status == 0, run.errors
    found: object = json.loads(run.output)
    return found


class TestInstalledComponents:
    @override_settings(INSTALLED_APPS=[*SALES_ALONE, "tests.toolkit.yard.stock"])
    def test_stand_in_the_order_of_the_settings(self) -> None:
        found = [component.label for component in installed_components()]

        assert found == ["sales", "stock"]

    def test_follow_the_settings(self) -> None:
        assert find_component("stock") is not None
        with override_settings(INSTALLED_APPS=SALES_ALONE):
            inside = [component.label for component in installed_components()]
            gone = find_component("stock")

        assert inside == ["sales"]
        assert gone is None
        assert find_component("stock") is apps.get_app_config("stock")


class TestGetComponent:
    def test_is_djangos_own_config(self) -> None:
        assert get_component("stock") is apps.get_app_config("stock")

    @override_settings(INSTALLED_APPS=[*SALES_ALONE, "tests.toolkit.yard.stock"])
    def test_names_the_installed_ones_where_there_is_none(self) -> None:
        with pytest.raises(UnknownComponentError) as raised:
            get_component("stok")

        assert raised.value.label == "stok"
        assert str(raised.value) == (
            "No component is labelled 'stok'. Installed components: sales, stock. "
            "Check the spelling, or add the component to INSTALLED_APPS."
        )

    @override_settings(INSTALLED_APPS=[])
    def test_says_that_there_is_none_at_all(self) -> None:
        with pytest.raises(UnknownComponentError) as raised:
            get_component("stock")

        assert str(raised.value) == (
            "No component is labelled 'stock'. Installed components: none. "
            "Check the spelling, or add the component to INSTALLED_APPS."
        )

    def test_knows_no_legacy_app(self) -> None:
        assert find_component("auth") is None


class TestComponentOfModule:
    @pytest.mark.parametrize(
        "name",
        ["tests.toolkit.yard.stock", "tests.toolkit.yard.stock.db.models"],
    )
    def test_is_that_of_the_package_around_it(self, name: str) -> None:
        assert component_of_module(name) is get_component("stock")

    @pytest.mark.parametrize(
        "name", ["tests.toolkit.yard", "tests.toolkit.yard.stockings", "django.db", "", "stock"]
    )
    def test_is_none_outside_of_all(self, name: str) -> None:
        assert component_of_module(name) is None

    def test_is_the_innermost(self, project: ThrowAwayProject) -> None:
        project.add_component("harbour", own_database=False)
        project.write("harbour/pier/__init__.py")
        project.write(
            "harbour/pier/apps.py",
            """
            from bulkhead.components import ComponentConfig

            class PierConfig(ComponentConfig):
                name = "harbour.pier"
            """,
        )
        project.apps.append("harbour.pier")

        found = evaluated(
            project,
            '[component_of_module(name).label for name in ("harbour.api", "harbour.pier.api")]',
            setup="from bulkhead.components import component_of_module",
        )

        assert found == ["harbour", "pier"]


class TestComponentOfModel:
    def test_takes_a_class_or_an_object(self) -> None:
        assert component_of_model(PalletRow) is get_component("stock")
        assert component_of_model(PalletRow()) is get_component("stock")

    def test_is_none_for_a_legacy_model(self) -> None:
        assert component_of_model(Group) is None


class TestComponentOfTable:
    def test_is_that_of_its_model(self) -> None:
        assert component_of_table(PalletRow._meta.db_table) is get_component("stock")

    @pytest.mark.parametrize("table", ["auth_group", "no_such_table"])
    def test_is_none_for_others(self, table: str) -> None:
        assert component_of_table(table) is None

    def test_sees_a_model_that_is_made_later(self) -> None:
        assert component_of_table("stock_late") is None
        with isolate_apps("tests.toolkit.yard.stock"):
            late = type("Late", (models.Model,), {"__module__": PalletRow.__module__})
        try:
            apps.register_model("stock", late)
            found = component_of_table("stock_late")
        finally:
            del apps.all_models["stock"]["late"]
            apps.clear_cache()

        assert found is get_component("stock")
        assert component_of_table("stock_late") is None

    def test_knows_many_to_many_tables_and_real_owners(self, project: ThrowAwayProject) -> None:
        project.add_component(
            "crane",
            models="""
            class CraneRow(models.Model):
                groups = models.ManyToManyField("auth.Group")

                class Meta:
                    db_table = "cranes"
            """,
        )
        project.add_component(
            "zone",
            models="""
            from crane.db.models import CraneRow

            class ZoneCrane(CraneRow):
                class Meta:
                    proxy = True

            class ZoneView(models.Model):
                class Meta:
                    managed = False
                    db_table = "cranes_groups"

            class ZoneReport(models.Model):
                class Meta:
                    managed = False
                    db_table = "zone_report"
            """,
        )

        found = evaluated(
            project,
            "{table: getattr(component_of_table(table), 'label', None) for table in "
            "('cranes', 'cranes_groups', 'zone_report', 'auth_group')}",
            setup="from bulkhead.components import component_of_table",
        )

        assert found == {
            "cranes": "crane",
            "cranes_groups": "crane",
            "zone_report": "zone",
            "auth_group": None,
        }


class TestDatabaseAlias:
    @pytest.fixture
    def sales(self) -> ComponentConfig:
        return get_component("sales")

    def test_is_that_of_the_label_where_there_is_one(
        self, sales: ComponentConfig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(settings.DATABASES, "sales", {})

        assert sales.database_alias == "sales"

    def test_is_default_where_there_is_none(
        self, sales: ComponentConfig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delitem(settings.DATABASES, "sales", raising=False)

        assert sales.database_alias == "default"

    def test_is_the_one_that_the_config_names(
        self, sales: ComponentConfig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(type(sales), "database", "shared")

        assert sales.database_alias == "shared"

    def test_is_looked_up_at_each_call(
        self, sales: ComponentConfig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(settings.DATABASES, "sales", {})
        before = sales.database_alias
        monkeypatch.delitem(settings.DATABASES, "sales")

        assert [before, sales.database_alias] == ["sales", "default"]

    @override_settings(INSTALLED_APPS=[*SALES_ALONE, "tests.toolkit.yard.stock"])
    def test_of_all_is_the_set_of_them(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(type(get_component("sales")), "database", "shared")
        monkeypatch.setattr(type(get_component("stock")), "database", "shared")

        assert component_databases() == {"shared"}


class TestDefaultConfig:
    def test_is_one_that_names_an_app(self) -> None:
        class Team(ComponentConfig):
            owner = "quay"

        class Pier(Team):
            name = "pier"

        class PierForTests(Pier):
            database = "default"

        class OldPier(ComponentConfig):
            name = "pier"
            default = False

        chosen = [config.default for config in (Team, Pier, PierForTests, OldPier)]
        assert chosen == [False, True, False, False]

    def test_is_found_among_several_in_one_module(self, project: ThrowAwayProject) -> None:
        project.add_component("pier")
        project.write(
            "pier/apps.py",
            """
            from bulkhead.components import ComponentConfig

            class TeamConfig(ComponentConfig):
                owner = "quay"

            class PierConfig(TeamConfig):
                name = "pier"

            class PierForTests(PierConfig):
                database = "default"
            """,
        )

        config = evaluated(project, "type(apps.get_app_config('pier')).__name__")

        assert config == "PierConfig"


MIGRATIONS_OF_CRANE = """\
str(MigrationLoader.migrations_module("crane")[0])"""
LOADER = "from django.db.migrations.loader import MigrationLoader"


@pytest.mark.own_databases
class TestModels:
    def test_stand_in_db(self, project: ThrowAwayProject) -> None:
        project.add_component("crane")

        module = evaluated(project, "apps.get_app_config('crane').models_module.__name__")

        assert module == "crane.db.models"

    def test_may_stay_where_django_has_them(self, project: ThrowAwayProject) -> None:
        project.add_app("crane")
        project.write("crane/apps.py", CRANE_CONFIG)

        found = evaluated(
            project,
            f'[apps.get_app_config("crane").models_module.__name__, {MIGRATIONS_OF_CRANE}]',
            setup=LOADER,
        )

        assert found == ["crane.models", "crane.migrations"]

    def test_may_be_missing(self, project: ThrowAwayProject) -> None:
        project.write("crane/__init__.py")
        project.write("crane/apps.py", CRANE_CONFIG)
        project.write("crane/db/__init__.py")
        project.write("crane/db/repositories.py")
        project.write("hook/__init__.py")
        project.write("hook/apps.py", CRANE_CONFIG.replace("crane", "hook"))
        project.apps += ["crane", "hook"]

        found = evaluated(
            project,
            "[[config.has_db_layer, config.models_module] for config in installed_components()]",
            setup="from bulkhead.components import installed_components",
        )

        assert found == [[True, None], [False, None]]

    def test_get_content_types_and_permissions(self, project: ThrowAwayProject) -> None:
        project.add_component("crane")
        project.done("makemigrations")
        project.done("migrate", "--database", "default")

        found = evaluated(
            project,
            "[permission.codename for permission in "
            "Permission.objects.filter(content_type__app_label='crane').order_by('codename')]",
            setup="from django.contrib.auth.models import Permission",
        )

        assert found == [
            "add_cranerow",
            "change_cranerow",
            "delete_cranerow",
            "view_cranerow",
        ]

    def test_keep_an_error_in_their_module(self, project: ThrowAwayProject) -> None:
        project.add_component("crane")
        project.write("crane/db/models.py", "import no_such_library\n")

        run = project.python("")

        assert run.status == 1
        assert run.errors.splitlines()[-1] == (
            "ModuleNotFoundError: No module named 'no_such_library'"
        )


CRANE_CONFIG = """\
from bulkhead.components import ComponentConfig


class CraneConfig(ComponentConfig):
    name = "crane"
"""


@pytest.mark.own_databases
class TestMigrations:
    @pytest.fixture
    def crane(self, project: ThrowAwayProject) -> ThrowAwayProject:
        project.add_component("crane")
        project.done("makemigrations")
        return project

    def test_stand_in_db(self, crane: ThrowAwayProject) -> None:
        assert (crane.root / "crane" / "db" / "migrations" / "0001_initial.py").exists()
        assert not (crane.root / "crane" / "migrations").exists()

    def test_are_found_under_overridden_settings(self, crane: ThrowAwayProject) -> None:
        found = evaluated(
            crane,
            "modules",
            setup=f"""
{LOADER}
from django.test import override_settings
modules = [{MIGRATIONS_OF_CRANE}]
with override_settings(MIGRATION_MODULES={{"auth": "elsewhere"}}):
    modules.append({MIGRATIONS_OF_CRANE})
    modules.append(str(MigrationLoader.migrations_module("auth")[0]))
""",
        )

        assert found == ["crane.db.migrations", "crane.db.migrations", "elsewhere"]

    def test_may_be_put_elsewhere_or_off_by_the_project(self, crane: ThrowAwayProject) -> None:
        found = evaluated(
            crane,
            "modules",
            setup=f"""
{LOADER}
from django.test import override_settings
modules = []
for module in ("elsewhere", None):
    with override_settings(MIGRATION_MODULES={{"crane": module}}):
        modules.append(MigrationLoader.migrations_module("crane"))
""",
        )

        assert found == [["elsewhere", True], [None, True]]

    def test_stay_beside_a_db_layer_that_has_none(self, project: ThrowAwayProject) -> None:
        project.add_app("crane")
        project.write("crane/apps.py", CRANE_CONFIG)
        project.write("crane/db/__init__.py")
        project.write("crane/db/repositories.py")

        found = evaluated(project, MIGRATIONS_OF_CRANE, setup=LOADER)

        assert found == "crane.migrations"

    @pytest.mark.parametrize("switch", ["", "--nomigrations", "MIGRATE"])
    def test_or_none_make_the_tables_of_tests_in_their_database(
        self, crane: ThrowAwayProject, switch: str
    ) -> None:
        if switch == "MIGRATE":
            crane.more_settings = """
                for database in DATABASES.values():
                    database["TEST"]["MIGRATE"] = False
            """
        crane.write("pytest.ini", "[pytest]\naddopts = -p no:cacheprovider\n")
        crane.write(
            "test_it.py",
            """
            import pytest
            from django.contrib.auth.models import User
            from django.db import connections
            from crane.db.models import CraneRow

            @pytest.mark.component("crane")
            def test_tables():
                assert User.objects.count() == CraneRow.objects.count() == 0
                own = connections["crane"].introspection.table_names()
                assert "crane_cranerow" in own
                assert "auth_user" not in own
                assert "crane_cranerow" not in connections["default"].introspection.table_names()
            """,
        )
        crane._write_settings()

        run = crane._run(["-m", "pytest", "-q", *([switch] if switch.startswith("-") else [])], {})

        assert "1 passed" in run.output, run.output + run.errors


class TestConfig:
    def test_declares_nothing_by_default(self) -> None:
        config = AppConfig.create("tests.toolkit.yard.stock.apps.StockConfig")
        assert isinstance(config, ComponentConfig)

        assert config.label == "stock"
        assert config.depends_on == ()
        assert config.depends_on_legacy == ()
        assert config.database is None
        assert config.seals == ()

    def test_is_given_by_the_folder(self) -> None:
        config = AppConfig.create("tests.toolkit.yard.sales")

        assert type(config).__name__ == "SalesConfig"
