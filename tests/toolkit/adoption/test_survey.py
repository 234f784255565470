from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

import jsonschema
import pytest

from bulkhead.adoption.advice import next_steps
from bulkhead.adoption.findings import Findings
from bulkhead.adoption.survey import as_json, survey_of, without_tests
from bulkhead.crossings.kinds import KINDS
from bulkhead.crossings.links import Unresolved
from bulkhead.crossings.sizes import Size
from tests.toolkit.adoption.planted import crossing, crossings, large_survey, surveyed

UNKNOWN = Unresolved(
    file="a/tasks.py",
    line=3,
    module="a.tasks",
    kind="string",
    text="path",
    reason="It is put together while it runs.",
)


@pytest.fixture
def schema() -> dict[str, Any]:
    text = files("bulkhead.adoption").joinpath("survey.schema.json").read_text("utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded


class TestAsJson:
    def test_has_every_part_of_a_survey(self) -> None:
        part = Size(label="a", apps=("shop.a",), modules=2, lines=30, models=1)
        survey = survey_of([part], [crossing("a", "b", line=7)], [UNKNOWN])

        found = json.loads(as_json(survey, next_steps(Findings(survey))[:1]))

        assert found == {
            "version": 1,
            "components": [
                {"label": "a", "apps": ["shop.a"], "modules": 2, "lines": 30, "models": 1},
                {"label": "b", "apps": [], "modules": 0, "lines": 0, "models": 0},
            ],
            "crossings": [
                {
                    "kind": "import",
                    "from": {
                        "component": "a",
                        "place": "views",
                        "module": "a.views",
                        "file": "a/views.py",
                        "line": 7,
                    },
                    "to": {"component": "b", "place": "models", "symbol": "b.models.Thing"},
                    "rule": "public-only",
                    "verdict": "new",
                    "test": False,
                    "reason": "",
                }
            ],
            "unresolved": [
                {
                    "kind": "string",
                    "module": "a.tasks",
                    "file": "a/tasks.py",
                    "line": 3,
                    "text": "path",
                    "reason": "It is put together while it runs.",
                }
            ],
            "next_steps": [
                {
                    "command": "bulkhead survey --component a --component b",
                    "reason": "Lists the 1 crossing between the two that are most entangled.",
                }
            ],
        }

    def test_is_what_the_schema_in_the_package_describes(self, schema: dict[str, Any]) -> None:
        survey = large_survey(12, 40)

        found = json.loads(as_json(survey, next_steps(Findings(survey))))

        jsonschema.Draft202012Validator.check_schema(schema)
        jsonschema.validate(found, schema)

    def test_knows_every_kind_in_its_schema(self, schema: dict[str, Any]) -> None:
        kinds = schema["$defs"]["crossing"]["properties"]["kind"]["enum"]

        assert kinds == list(KINDS)


class TestSurveyOf:
    def test_is_the_same_whatever_the_order_of_what_is_given(self) -> None:
        held = crossings("b", "a", 3) + crossings("a", "b", 2, kind="string")
        parts = [Size(label="b"), Size(label="a")]

        assert survey_of(parts, held) == survey_of(parts[::-1], held[::-1])


class TestWithoutTests:
    def test_leaves_out_what_stands_in_tests(self) -> None:
        survey = surveyed(crossings("a", "b", 1), [crossing("a", "b", test=True)])

        assert [one.test for one in without_tests(survey).crossings] == [False]


class TestNextSteps:
    def test_lead_on_from_a_project_that_is_tied(self) -> None:
        survey = survey_of([], crossings("a", "b", 3), [UNKNOWN])

        commands = [step.command for step in next_steps(Findings(survey))]

        assert commands == [
            "bulkhead survey --component a --component b",
            "bulkhead survey --html survey.html",
            "bulkhead survey --component b",
            "bulkhead checkcomponents --accept",
            "bulkhead survey --unresolved",
        ]

    def test_ask_for_a_package_where_no_app_was_found(self) -> None:
        [step] = next_steps(Findings(surveyed()))

        assert step.command == "bulkhead survey --package NAME"
        assert step.reason == (
            "No app below this folder was found; name the package that holds yours."
        )

    def test_are_none_where_nothing_ties_anything(self) -> None:
        assert next_steps(Findings(surveyed(also=["a", "b"]))) == ()
