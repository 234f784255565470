"""The whole way from a folder to a described project, with one that starts and many that don't."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from bulkhead.crossings.kept import cache_folder, keep, kept
from bulkhead.crossings.probe.surveyed import (
    Asked,
    SurveyedProject,
    survey_here,
    survey_project,
)
from tests.toolkit.samples import SAMPLES, aboard, build

MISSED = (
    "Not known, and so not followed: the models with their relations, look-ups and reverse "
    "accessors; names of URLs; what the settings lead to."
)


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.setenv("BULKHEAD_CACHE", str(tmp_path / "cache"))
    shutil.copytree(SAMPLES / "market", tmp_path / "market")
    return tmp_path / "market"


class TestSurveyProject:
    def test_describes_what_the_project_tells(self, market: Path) -> None:
        project = survey(market)

        assert project.failure == ""
        assert project.missed == ()
        assert not project.declared
        assert labels(project) == ["stalls", "goods", "ordering"]
        assert "goods.Good" in [model.label for model in project.started.models]

    def test_says_what_could_not_be_asked(self, market: Path) -> None:
        (market / "orders" / "views.py").write_text("raise KeyError\n")

        project = survey(market)

        assert project.failure == ""
        assert project.missed == ("the names of URLs: KeyError (at orders/views.py:1).",)

    def test_takes_the_apps_of_settings_that_can_not_be_imported(self, market: Path) -> None:
        settings(market, "import no_such_package")

        project = survey(market)

        assert project.failure == (
            "ModuleNotFoundError: No module named 'no_such_package' (at town/settings.py:24)"
        )
        assert labels(project) == ["stalls", "goods", "ordering"]
        assert project.missed == (
            "Only what stands in its files is known: its apps are told by INSTALLED_APPS in "
            "town.settings, where it is a list of names.",
            MISSED,
        )

    def test_takes_the_apps_that_django_knows_where_models_can_not_be_imported(
        self, market: Path
    ) -> None:
        (market / "goods" / "models.py").write_text("import no_such_package\n")

        project = survey(market)

        assert labels(project) == ["stalls", "goods", "ordering"]
        assert project.missed[0] == (
            "Only what stands in its files is known: its apps are told by Django, which could "
            "import them, and not their models."
        )

    def test_puts_apps_together_from_several_settings(self, market: Path) -> None:
        (market / "town" / "settings.py").unlink()
        (market / "town" / "base.py").write_text(
            'DJANGO = ["django.contrib.auth"]\nOWN: list[str] = ["stalls"]\n'
            'INSTALLED_APPS = (*DJANGO, "gone.apps.GoneConfig")\nINSTALLED_APPS += OWN\n'
        )
        (market / "town" / "settings.py").write_text(
            "from .base import *\nfrom town.base import OWN as SAME\nimport no_such_package\n"
            'INSTALLED_APPS = INSTALLED_APPS + SAME\nINSTALLED_APPS.append("goods")\n'
            'INSTALLED_APPS.extend(["orders.apps.OrdersConfig", computed()])\n'
        )

        assert labels(survey(market)) == ["stalls", "goods", "ordering"]

    def test_looks_for_apps_in_folders_where_no_settings_are_named(self, market: Path) -> None:
        (market / "manage.py").unlink()
        (market / "below").mkdir()
        (market / "below" / "manage.py").touch()
        installed = market / "env" / "lib" / "python3.11" / "site-packages" / "wares"
        installed.mkdir(parents=True)
        (installed / "models.py").touch()

        project = survey(market)

        assert project.failure == (
            "no settings are named. Looked at --settings, the environment variable "
            "DJANGO_SETTINGS_MODULE, and manage.py. There is a manage.py in below: run this "
            "there. Name them: --settings your.settings"
        )
        assert labels(project) == ["goods", "ordering", "stalls"]
        assert project.missed[0] == (
            "Only what stands in its files is known: its apps are told by folders that have "
            "models, migrations or apps.py."
        )

    def test_reads_packages_that_stand_elsewhere(
        self, market: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (market.parent / "lib").mkdir()
        (market / "goods").rename(market.parent / "lib" / "goods")
        monkeypatch.setenv("PYTHONPATH", str(market.parent / "lib"))
        settings(market, "import no_such_package")

        project = survey_project(market, Asked(python=Path(sys.executable), packages=("goods",)))

        assert project.failure.startswith("ModuleNotFoundError")
        assert labels(project) == ["goods"]
        [root] = project.description.roots
        assert root.folder == market.parent / "lib" / "goods"

    def test_says_that_a_python_without_django_is_not_the_projects(self, market: Path) -> None:
        python = market.parent / "python"
        python.write_text(f'#!/bin/sh\nexec {sys.executable} -S "$@"\n')
        python.chmod(0o755)

        project = survey_project(market, Asked(python=python))

        assert project.failure == (
            "ModuleNotFoundError: No module named 'django'. "
            "Name the Python that runs the project: --python PATH"
        )
        assert labels(project) == ["stalls", "goods", "ordering"]

    def test_leaves_no_file_in_the_project(self, market: Path) -> None:
        before = files(market)

        survey(market)
        settings(market, "import no_such_package")
        survey(market)

        assert files(market) == before


class TestRemembering:
    def test_answers_without_starting_the_project_again(self, market: Path) -> None:
        first = survey(market)
        (market / "manage.py").write_text("raise SystemExit('It was started again.')\n")
        (market / "town" / "settings.py").write_text("raise SystemExit('It was started again.')\n")

        again = survey(market, remembered=True)

        assert again.started == first.started
        assert again.description == first.description
        assert again.outdated == ("manage.py", "town/settings.py")

    def test_names_the_files_that_are_different_since(self, market: Path) -> None:
        survey(market)
        assert survey(market, remembered=True).outdated == ()

        for name in ("goods/models.py", "goods/urls.py", "orders/apps.py", "goods/views.py"):
            (market / name).write_text("changed = True\n")
        (market / "stalls" / "models.py").unlink()

        assert survey(market, remembered=True).outdated == (
            "goods/models.py",
            "goods/urls.py",
            "orders/apps.py",
            "stalls/models.py",
        )

    def test_starts_a_project_that_it_has_never_seen(self, market: Path) -> None:
        assert labels(survey(market, remembered=True)) == ["stalls", "goods", "ordering"]

    @pytest.mark.parametrize("content", [b"", b"{}", b"[]", b'{"told'])
    def test_starts_a_project_whose_memory_is_damaged(self, market: Path, content: bytes) -> None:
        survey(market)
        [memory] = (cache_folder() / "projects").iterdir()
        memory.write_bytes(content)

        assert labels(survey(market, remembered=True)) == ["stalls", "goods", "ordering"]

    def test_keeps_no_answer_of_a_project_that_did_not_start(self, market: Path) -> None:
        settings(market, "import no_such_package")

        survey(market)

        assert not cache_folder().exists()


class TestSurveyHere:
    def test_describes_the_project_that_runs(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ship = build(tmp_path / "ship")

        with aboard(ship, monkeypatch):
            project = survey_here(ship)

        assert project.declared
        assert [(one.label, one.layered) for one in project.description.components] == [
            ("billing", True),
            ("loading", True),
        ]
        assert [app.label for app in project.description.legacy_apps] == ["cargo"]


class TestKept:
    def test_is_what_was_written_last(self, tmp_path: Path) -> None:
        keep(tmp_path / "a" / "b", b"1")
        keep(tmp_path / "a" / "b", b"2")

        assert kept(tmp_path / "a" / "b") == b"2"
        assert files(tmp_path) == ["a", "a/b"]

    def test_is_none_where_nothing_can_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "a").touch()

        keep(tmp_path / "a" / "b", b"1")

        assert kept(tmp_path / "a" / "b") is None

    def test_leaves_nothing_where_a_folder_is_in_the_way(self, tmp_path: Path) -> None:
        (tmp_path / "a" / "b").mkdir(parents=True)

        keep(tmp_path / "a", b"1")

        assert files(tmp_path) == ["a", "a/b"]

    @pytest.mark.parametrize(
        ("environ", "folder"),
        [
            ({"BULKHEAD_CACHE": "/own", "XDG_CACHE_HOME": "/caches"}, Path("/own")),
            ({"XDG_CACHE_HOME": "/caches"}, Path("/caches/bulkhead")),
        ],
    )
    def test_stands_where_the_user_says(self, environ: dict[str, str], folder: Path) -> None:
        assert cache_folder(environ) == folder


def survey(market: Path, *, remembered: bool = False) -> SurveyedProject:
    return survey_project(market, Asked(python=Path(sys.executable), remembered=remembered))


def settings(market: Path, line: str) -> None:
    """Add a line to the settings."""
    file = market / "town" / "settings.py"
    file.write_text(f"{file.read_text()}{line}\n")


def labels(project: SurveyedProject) -> list[str]:
    return [component.label for component in project.description.components]


def files(folder: Path) -> list[str]:
    return sorted(os.path.relpath(path, folder) for path in folder.rglob("*"))
