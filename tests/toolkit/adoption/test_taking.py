from __future__ import annotations

import json
import shutil
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from bulkhead.adoption import command
from bulkhead.adoption.survey import PROJECT
from bulkhead.adoption.taking import take_survey
from bulkhead.crossings.probe.surveyed import Asked, SurveyedProject, survey_project
from tests.toolkit.samples import SAMPLES


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the market, which has never heard of Bulkhead."""
    monkeypatch.setenv("BULKHEAD_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    copy = tmp_path / "market"
    shutil.copytree(SAMPLES / "market", copy, ignore=shutil.ignore_patterns("__pycache__"))
    return copy


@pytest.fixture
def market(folder: Path) -> SurveyedProject:
    return asked(folder)


def asked(folder: Path) -> SurveyedProject:
    return survey_project(folder, Asked(python=Path(sys.executable)), environ={})


class TestTakeSurvey:
    def test_has_each_app_with_its_size(self, market: SurveyedProject) -> None:
        survey = take_survey(market)

        found = [(one.label, one.apps, one.modules, one.models) for one in survey.components]
        assert found == [
            ("goods", ("goods",), 4, 3),
            ("ordering", ("orders",), 5, 2),
            ("stalls", ("stalls",), 4, 2),
        ]
        assert survey.title == "town.settings"

    def test_has_what_ties_them(self, market: SurveyedProject) -> None:
        survey = take_survey(market)

        imports = [
            (one.origin.file, one.origin.line, one.target.symbol)
            for one in survey.crossings
            if one.kind == "import"
        ]
        assert ("orders/models.py", 2, "goods.models.Good") in imports

    def test_counts_what_wires_them(self, market: SurveyedProject) -> None:
        assert take_survey(market).wiring > 0

    def test_tells_how_far_it_has_come(self, market: SurveyedProject) -> None:
        told: list[tuple[str, int, int]] = []

        take_survey(market, lambda what, done, total: told.append((what, done, total)))

        assert told[-1][1] == told[-1][2] > 0

    def test_says_that_a_project_does_not_start(self, folder: Path) -> None:
        (folder / "town" / "settings.py").write_text(
            "import nowhere\nINSTALLED_APPS = ['goods', 'stalls']\n"
        )

        survey = take_survey(asked(folder))

        first = survey.unresolved[0]
        assert first.kind == PROJECT
        assert first.reason == (
            "The project does not start: ModuleNotFoundError: No module named 'nowhere' "
            "(at town/settings.py:1). Only what stands in its files is known: its apps are told by "
            "INSTALLED_APPS in town.settings, where it is a list of names. Not known, and so not "
            "followed: the models with their relations, look-ups and reverse accessors; names of "
            "URLs; what the settings lead to."
        )


class TestCommand:
    def test_prints_the_survey(
        self, market: SurveyedProject, capsys: pytest.CaptureFixture[str]
    ) -> None:
        parser = ArgumentParser()
        command.add_arguments(parser)

        status = command.run(market, parser.parse_args(["--format", "json"]))

        printed = capsys.readouterr()
        assert status == 0
        assert [one["label"] for one in json.loads(printed.out)["components"]] == [
            "goods",
            "ordering",
            "stalls",
        ]
        assert printed.err == ""
