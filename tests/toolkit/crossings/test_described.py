from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from bulkhead.crossings.declared import UnusableDeclarationError
from bulkhead.crossings.described import Described, NothingToSurveyError, describe_started
from bulkhead.crossings.description import (
    ComponentDescription,
    LegacyDescription,
    SourceRoot,
)
from bulkhead.crossings.started import StartedApp, StartedProject
from tests.toolkit.samples import SAMPLES

INSTALLED = "/usr/lib/python3/site-packages/"


@pytest.fixture
def market(tmp_path: Path) -> Path:
    shutil.copytree(SAMPLES / "market", tmp_path / "market")
    return tmp_path / "market"


class TestWithoutADeclaration:
    def test_each_app_of_the_project_is_a_component(self, market: Path) -> None:
        found = describe_started(started(market), market)

        assert not found.declared
        assert found.description.components == (
            plain("stalls", "stalls"),
            plain("goods", "goods"),
            plain("ordering", "orders"),
        )
        assert found.description.legacy_apps == ()

    def test_an_app_in_an_environment_in_the_projects_folder_is_not_its_own(
        self, market: Path
    ) -> None:
        below = market / ".venv" / "lib" / "site-packages" / "wares"
        project = with_apps(started(market), wares=str(below))

        found = describe_started(project, market)

        assert "wares" not in labels(found)

    def test_modules_are_read_that_stand_in_the_folder_and_can_be_imported(
        self, market: Path
    ) -> None:
        write(market, "scripts/count.py", "tests/test_goods.py", "env/pyvenv.cfg", "env/a.py")

        found = describe_started(started(market), market).description

        names = ["goods", "manage.py", "orders", "stalls", "tests", "town"]
        assert found.roots == tuple(
            SourceRoot(package=name.removesuffix(".py"), folder=market / name) for name in names
        )
        assert found.top_level == ("goods", "manage", "orders", "stalls", "tests", "town")

    def test_modules_below_a_second_folder_of_the_path_have_their_shorter_name(
        self, market: Path
    ) -> None:
        write(market, "parts/__init__.py", "parts/wares/__init__.py")
        project = with_apps(started(market), wares=str(market / "parts" / "wares"))
        project = replace(project, search_path=(str(market), "parts", INSTALLED))

        found = describe_started(project, market).description

        assert SourceRoot(package="wares", folder=market / "parts" / "wares") in found.roots
        assert found.excluded == ("parts",)

    def test_a_folder_without_apps_is_refused(self, tmp_path: Path, market: Path) -> None:
        empty = tmp_path / "empty"
        empty.mkdir()

        with pytest.raises(NothingToSurveyError) as refused:
            describe_started(started(market), empty)

        assert str(refused.value) == (
            f"No installed app stands below {empty}. Apps are installed from: goods, orders, "
            f"stalls. Run this in the folder of the project's manage.py, or name the packages "
            f"that are yours: --package NAME"
        )


class TestWithPackages:
    def test_the_apps_in_them_are_the_projects_wherever_they_are(self, market: Path) -> None:
        project = with_apps(
            started(market),
            **{"wares": f"{INSTALLED}wares", "wares.old": f"{INSTALLED}wares/old"},
        )

        found = describe_started(project, market, packages=["wares"])

        assert labels(found) == ["wares", "old"]
        assert found.description.roots == (
            SourceRoot(package="wares", folder=Path(f"{INSTALLED}wares")),
        )
        assert found.description.top_level == ("wares",)

    def test_one_without_apps_is_refused(self, market: Path) -> None:
        with pytest.raises(NothingToSurveyError) as refused:
            describe_started(started(market), market, packages=["goods", "good"])

        assert str(refused.value) == (
            "--package is good, and no installed app is in there. Apps are installed from: goods, "
            "orders, stalls. Name one of these, or a package in them."
        )


class TestWithComponents:
    def test_they_are_declared_in_the_setting(self, market: Path) -> None:
        project = replace(
            started(market), bulkhead={"COMPONENTS": {"selling": ["goods", "orders"]}}
        )

        found = describe_started(project, market)

        assert found.declared
        assert found.description.components == (plain("selling", "goods", "orders"),)
        assert found.description.legacy_apps == (
            LegacyDescription(label="stalls", package="stalls"),
        )

    def test_they_are_declared_in_pyproject(self, market: Path) -> None:
        declare(market, 'components = {selling = ["goods", "orders.models"]}\nledger = "debts"')

        found = describe_started(started(market), market)

        assert found.description.components == (plain("selling", "goods", "orders.models"),)
        assert [app.label for app in found.description.legacy_apps] == ["stalls", "ordering"]
        assert found.settings.LEDGER == "debts"

    def test_an_app_with_a_config_of_bulkhead_has_layers(self, market: Path) -> None:
        write(market, "goods/service.py")
        project = started(market)
        goods = StartedApp(
            label="goods",
            package="goods",
            path=str(market / "goods"),
            is_component=True,
            declared={
                "depends_on": ["stalls"],
                "depends_on_legacy": "stalls",
                "seals": ["imports"],
            },
        )

        found = describe_started(replace(project, apps=(*project.apps[:1], goods)), market)

        assert found.description.components == (
            ComponentDescription(
                label="goods", packages=("goods",), depends_on=("stalls",), seals=("imports",)
            ),
        )
        assert found.description.legacy_apps == (
            LegacyDescription(label="stalls", package="stalls"),
        )
        assert found.description.shared_kernels == ("shared_kernel",)

    @pytest.mark.parametrize(
        ("table", "message"),
        [
            (
                "components = {selling = []}",
                "COMPONENTS declares selling, and it has no package. "
                "Name its packages, or drop it.",
            ),
            (
                'components = {selling = ["good"]}',
                "COMPONENTS declares selling, and its package good is nowhere. "
                "Installed apps: goods, orders, stalls. Correct or drop the name.",
            ),
            (
                'components = {selling = ["goods"], buying = ["goods"]}',
                "COMPONENTS declares buying, and its package goods is in selling. "
                "Keep it in one of the two.",
            ),
            (
                'components = ["goods"]',
                "[tool.bulkhead] of pyproject.toml: BULKHEAD[\"COMPONENTS\"] is ['goods']. It "
                "takes the packages of each component, by its label. Write it as "
                '{"billing": ["shop.invoices", "shop.payments"]}.',
            ),
            (
                "component = 1",
                "[tool.bulkhead] of pyproject.toml: BULKHEAD has no setting COMPONENT. Its "
                "settings are: COMPONENTS, DOMAIN_LIBRARIES, EDGES, EXCLUDE, LEDGER, "
                "SHARED_KERNEL. Correct or drop the name.",
            ),
            (
                'edges = ["api"]',
                "EDGES stands in the setting BULKHEAD, and in [tool.bulkhead] of pyproject.toml. "
                "Keep one of the two.",
            ),
            (
                "edges =",
                "pyproject.toml can't be read: Invalid value (at line 2, column 8). "
                "Mend it, or move it away.",
            ),
        ],
    )
    def test_what_can_not_be_meant_is_refused(self, market: Path, table: str, message: str) -> None:
        declare(market, table)
        project = replace(started(market), bulkhead={"EDGES": ["views"]})

        with pytest.raises(UnusableDeclarationError) as refused:
            describe_started(project, market)

        assert str(refused.value) == message

    def test_a_label_that_an_installed_component_has_is_refused(self, market: Path) -> None:
        project = started(market)
        apps = tuple(replace(app, is_component=app.label == "goods") for app in project.apps)
        declare(market, 'components = {goods = ["orders"]}')

        with pytest.raises(UnusableDeclarationError) as refused:
            describe_started(replace(project, apps=apps), market)

        assert str(refused.value) == (
            "COMPONENTS declares goods, and an installed component has this label. "
            "Choose another label."
        )


def started(market: Path) -> StartedProject:
    """The market as it tells of itself, with nothing but its apps."""
    apps = {"stalls": "stalls", "goods": "goods", "ordering": "orders"}
    return StartedProject(
        settings_module="town.settings",
        django="5.2",
        python="3.11.7",
        user_model="auth.User",
        apps=tuple(
            StartedApp(label=label, package=package, path=str(market / package))
            for label, package in apps.items()
        ),
        search_path=(str(market), INSTALLED),
    )


def with_apps(project: StartedProject, **paths: str) -> StartedProject:
    more = (
        StartedApp(label=package.rpartition(".")[2], package=package, path=path)
        for package, path in paths.items()
    )
    return replace(project, apps=(*project.apps, *more))


def plain(label: str, *packages: str) -> ComponentDescription:
    return ComponentDescription(label=label, packages=packages, layered=False)


def labels(found: Described) -> list[str]:
    return [component.label for component in found.description.components]


def declare(market: Path, table: str) -> None:
    (market / "pyproject.toml").write_text(f"[tool.bulkhead]\n{table}\n")


def write(folder: Path, *names: str) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
