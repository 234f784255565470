from __future__ import annotations

import json
from argparse import ArgumentParser, Namespace
from io import StringIO
from pathlib import Path

import pytest

from bulkhead.adoption.reports import (
    NoSuchComponentError,
    ReportNotWrittenError,
    add_arguments,
    report,
)
from bulkhead.adoption.survey import Survey
from tests.toolkit.adoption.planted import crossing, crossings, surveyed


@pytest.fixture
def survey() -> Survey:
    return surveyed(
        crossings("a", "b", 2),
        crossings("b", "c", 1, kind="relation"),
        [crossing("a", "b", test=True, line=9)],
    )


def options(*arguments: str) -> Namespace:
    parser = ArgumentParser()
    add_arguments(parser)
    return parser.parse_args(arguments)


def reported(survey: Survey, *arguments: str) -> str:
    out = StringIO()
    report(survey, options(*arguments), out)
    return out.getvalue()


def ends(text: str) -> list[tuple[str, str]]:
    found = json.loads(text)["crossings"]
    return [(one["from"]["component"], one["to"]["component"]) for one in found]


class TestReport:
    def test_is_text_unless_asked_otherwise(self, survey: Survey) -> None:
        assert reported(survey).startswith("Survey\n  3 components")

    def test_is_json_where_asked(self, survey: Survey) -> None:
        found = reported(survey, "--format", "json")

        assert ends(found) == [("a", "b"), ("a", "b"), ("a", "b"), ("b", "c")]
        assert found.endswith("}\n")

    def test_counts_the_kinds_alone_that_are_asked_for(self, survey: Survey) -> None:
        found = reported(survey, "--format", "json", "--kind", "relation", "--kind", "string")

        assert ends(found) == [("b", "c")]

    def test_leaves_tests_out(self, survey: Survey) -> None:
        found = reported(survey, "--format", "json", "--no-tests")

        assert ends(found) == [("a", "b"), ("a", "b"), ("b", "c")]

    def test_has_what_ties_one_component(self, survey: Survey) -> None:
        assert ends(reported(survey, "--format", "json", "--component", "c")) == [("b", "c")]

    def test_has_what_stands_between_two(self, survey: Survey) -> None:
        arguments = ("--component", "b", "--component", "a", "--format", "json", "--no-tests")

        assert ends(reported(survey, *arguments)) == [("a", "b"), ("a", "b")]

    def test_lists_what_could_not_be_told(self, survey: Survey) -> None:
        assert reported(survey, "--unresolved") == "0 places could not be told.\n"

    def test_writes_a_page(self, survey: Survey, tmp_path: Path) -> None:
        file = tmp_path / "survey.html"

        found = reported(survey, "--html", str(file))

        assert found == f"Wrote {file}. Open it in a browser; it needs nothing beside it.\n"
        assert file.read_text("utf-8").startswith("<!doctype html>")

    def test_refuses_a_component_that_is_not_there(self, survey: Survey) -> None:
        with pytest.raises(NoSuchComponentError) as refused:
            report(survey, options("--component", "d"), StringIO())

        assert str(refused.value) == (
            "No component of this survey is labelled 'd'. Components: a, b, c. Check the spelling."
        )

    def test_says_that_a_page_could_not_be_written(self, survey: Survey, tmp_path: Path) -> None:
        file = tmp_path / "missing" / "survey.html"

        with pytest.raises(ReportNotWrittenError) as refused:
            report(survey, options("--html", str(file)), StringIO())

        assert str(refused.value) == (
            f"The report could not be written to {file}: No such file or directory. "
            f"Name a file in a folder that exists and that you may write to."
        )
