from __future__ import annotations

from io import StringIO

import pytest

from bulkhead.adoption.findings import Findings
from bulkhead.adoption.survey import survey_of
from bulkhead.adoption.text import write_lines, write_survey, write_unresolved
from bulkhead.crossings.links import Unresolved
from bulkhead.crossings.sizes import Size
from tests.toolkit.adoption.planted import crossing, crossings, large_survey, surveyed

UNKNOWN = Unresolved(
    file="a/tasks.py",
    line=3,
    module="a.tasks",
    kind="string",
    text="f'{x}.y'",
    reason="It is put together while it runs.",
)
BROKEN = Unresolved(
    file="a/old.py",
    line=9,
    module="a.old",
    kind="file",
    text="print x",
    reason="This is no Python that 3.11 reads.",
)


SMALL = """\
Survey of shop.settings
  2 components · 2 modules · 1,200 lines · 1 model
  5 crossings between components, in 2 pairs
  import 4 (1 in tests) · relation 1

Most entangled
  a ⇄ b  4  a → b 3, b → a 1

What ties a and b
  a/views.py:1  import         b.models.Thing
  a/views.py:2  import         b.models.Thing
  a/views.py:9  relation       b.models.Thing
  b/views.py:1  import         a.models.Thing
  b/views.py:4  import (test)  a.models.Thing

Cycles, and the cheapest cuts that break them
  1. 2 components reach each other: b, a. 1 cut of 1 crossing in all.
     cut b → a  1 crossing

Nearly free already
  a (4), b (4)
  In brackets: how many crossings tie it to others.

The order in which to free them, and what ties each to those that follow
  1.  b  uses a, 1 time  1 component reaches into it, 3 times
  2.  a  uses none       nobody reaches into it

What could not be told
  2 places: string 1, file 1.
  a/old.py:9: This is no Python that 3.11 reads.

Next
  bulkhead survey --component a --component b
      Lists the 5 crossings between the two that are most entangled.
  bulkhead survey --html survey.html
      Draws all of it in one page: who uses whom, and the lines behind each cell.
  bulkhead survey --component b
      Shows what stands in the way of b, the first to free.
  bulkhead checkcomponents --accept
      Writes down what is there today; from then on only what is new is reported.
  bulkhead survey --unresolved
      Lists the 2 places that could not be told.
"""


@pytest.fixture(autouse=True)
def _no_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("COLUMNS", raising=False)
    monkeypatch.delenv("FORCE_COLOR", raising=False)


def small() -> Findings:
    parts = [Size(label="a", apps=("shop.a",), modules=2, lines=1200, models=1)]
    held = [*crossings("a", "b", 2), crossing("a", "b", kind="relation", line=9)]
    back = [crossing("b", "a"), crossing("b", "a", test=True, line=4)]
    return Findings(survey_of(parts, [*held, *back], [UNKNOWN, BROKEN], title="shop.settings"))


def lines(text: str) -> list[str]:
    return text.splitlines()


class TestWriteSurvey:
    def test_tells_all_of_a_small_project(self) -> None:
        out = StringIO()

        write_survey(small(), out)

        assert out.getvalue() == SMALL

    def test_is_no_wall_however_large_the_project(self) -> None:
        out = StringIO()

        write_survey(Findings(large_survey(120, 600)), out)

        found = out.getvalue()
        assert len(lines(found)) < 70
        assert max(map(len, lines(found))) <= 100
        assert "  593 more pairs: --all" in lines(found)
        assert "  114 more components: --all" in lines(found)

    def test_shows_every_row_where_all_are_asked_for(self) -> None:
        out = StringIO()
        findings = Findings(large_survey(40, 90))

        write_survey(findings, out, everything=True)

        last = f"{findings.turns[-1].number}."
        assert ": --all" not in out.getvalue()
        assert any(line.lstrip().startswith(last) for line in lines(out.getvalue()))

    def test_folds_rows_on_a_narrow_terminal(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("COLUMNS", "48")
        out = StringIO()

        write_survey(Findings(large_survey(30, 90)), out)

        too_long = [line for line in lines(out.getvalue()) if len(line) > 48]
        assert [line for line in too_long if "bulkhead survey" not in line] == []

    def test_says_that_no_app_was_found(self) -> None:
        out = StringIO()

        write_survey(Findings(surveyed()), out)

        assert lines(out.getvalue())[-2:] == [
            "  bulkhead survey --package NAME",
            "      No app below this folder was found; name the package that holds yours.",
        ]

    def test_takes_a_name_for_text(self) -> None:
        out = StringIO()

        write_survey(Findings(surveyed(crossings("[red]a[/red]", "b\x1b[2J", 1))), out)

        assert "[red]a[/red] → b\\x1b[2J" in out.getvalue()
        assert "\x1b" not in out.getvalue()


class TestWriteLines:
    def test_tells_the_lines_between_two(self) -> None:
        out = StringIO()

        write_lines(small(), ["a", "b"], out)

        assert lines(out.getvalue()) == [
            "",
            "a → b: import 2, relation 1",
            "  a/views.py:1  import    b.models.Thing",
            "  a/views.py:2  import    b.models.Thing",
            "  a/views.py:9  relation  b.models.Thing",
            "",
            "b → a: import 1; 1 more in tests or migrations",
            "  b/views.py:1  import         a.models.Thing",
            "  b/views.py:4  import (test)  a.models.Thing",
        ]

    def test_tells_where_one_stands(self) -> None:
        out = StringIO()

        write_lines(small(), ["a"], out)

        assert lines(out.getvalue())[:4] == [
            "a",
            "  2 modules · 1,200 lines · 1 model",
            "  Number 2 of 2 in the order to free them.",
            "  Of those that follow: uses none; nobody reaches into it.",
        ]

    def test_tells_twenty_and_how_to_see_the_rest(self) -> None:
        out = StringIO()

        write_lines(Findings(surveyed(crossings("a", "b", 30))), ["a", "b"], out)

        assert len(lines(out.getvalue())) == 23
        assert lines(out.getvalue())[-1] == (
            "  10 more: bulkhead survey --component a --component b --all"
        )

    def test_says_that_nothing_ties_it(self) -> None:
        out = StringIO()

        write_lines(Findings(surveyed(also=["a", "b"])), ["a"], out)

        assert lines(out.getvalue())[-1] == "  Nothing ties a to another component."

    def test_says_that_nothing_ties_the_two(self) -> None:
        out = StringIO()

        write_lines(Findings(surveyed(also=["a", "b"])), ["a", "b"], out)

        assert lines(out.getvalue()) == ["  Nothing ties a and b to each other."]


class TestWriteUnresolved:
    def test_names_each_place(self) -> None:
        out = StringIO()

        write_unresolved(small(), out)

        assert lines(out.getvalue()) == [
            "2 places could not be told.",
            "  a/old.py:9    file    print x   This is no Python that 3.11 reads.",
            "  a/tasks.py:3  string  f'{x}.y'  It is put together while it runs.",
        ]
