"""Each interaction with the page of a survey, in a real browser."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Literal, TypeAlias

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.page import page as drawn
from bulkhead.adoption.survey import Survey, survey_of
from tests.docs.blocks import REPOSITORY
from tests.toolkit.adoption.planted import crossing, crossings, large_survey, surveyed

MARKUP = "<script>alert(1)</script>"
Scheme: TypeAlias = Literal["light", "dark"]
Open: TypeAlias = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Yield what opens the page of a survey; fail where the browser has complained."""
    complaints: list[str] = []

    def open_it(
        survey: Survey,
        *,
        width: int = 1280,
        script: bool = True,
        at: str = "",
        scheme: Scheme = "light",
    ) -> Page:
        file = tmp_path / "survey.html"
        file.write_bytes(drawn(Findings(survey)).encode())
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            java_script_enabled=script,
            color_scheme=scheme,
        )
        page = context.new_page()
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.on("request", lambda request: _only_itself(request.url, complaints))
        page.goto(f"{file.as_uri()}{at}")
        return page

    yield open_it
    assert complaints == []


def _only_itself(url: str, complaints: list[str]) -> None:
    if not url.startswith("file:"):
        complaints.append(url)


@pytest.fixture
def small() -> Survey:
    return surveyed(
        crossings("orders", "billing", 4),
        [
            crossing(
                "orders", "billing", kind="relation", line=30, symbol="billing.models.Invoice"
            ),
            crossing("orders", "billing", line=40, test=True),
            crossing("billing", "orders", line=50, kind="string"),
            crossing("reports", "orders", line=60),
            crossing("audit", "reports", line=70, test=True),
        ],
    )


def cells(page: Page) -> Locator:
    return page.locator("#cells a:visible")


def cell(page: Page, consumer: str, provider: str) -> Locator:
    return page.get_by_role("link", name=f"{consumer} uses {provider}:")


def names(page: Page) -> list[str]:
    return page.locator("#rows a:visible text").all_text_contents()


def listed(page: Page) -> list[str]:
    return page.locator("#list > li:visible .who").all_text_contents()


def lines(page: Page) -> list[str]:
    return page.locator("#list .at:visible").all_text_contents()


class TestCells:
    def test_show_the_lines_behind_them(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        cell(page, "orders", "billing").click()

        assert lines(page) == [
            "orders/views.py:1",
            "orders/views.py:2",
            "orders/views.py:3",
            "orders/views.py:4",
            "orders/views.py:30",
            "orders/views.py:40",
        ]
        expect(page.locator("#list li.on .symbol").nth(4)).to_have_text("billing.models.Invoice")
        expect(page.locator("#list li.on summary")).to_be_focused()

    @pytest.mark.slow
    def test_are_reached_by_arrows_and_opened_by_enter(
        self, open_page: Open, small: Survey
    ) -> None:
        page = open_page(small)

        page.locator("#cells a[tabindex='0']").focus()
        for key in ("ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft"):
            page.keyboard.press(key)
        page.keyboard.press("Enter")

        assert len(lines(page)) > 0
        assert page.locator("#cells a[tabindex='0']").count() == 1

    @pytest.mark.slow
    def test_light_up_their_row_and_column(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        cell(page, "orders", "billing").hover()

        expect(page.locator("#band-row")).to_be_visible()
        assert page.locator("#rows .lit text").all_text_contents() == ["orders"]
        assert page.locator("#columns .lit").all_text_contents() == ["billing"]

    @pytest.mark.slow
    def test_are_found_from_their_lines(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)
        page.locator("#list summary", has_text="reports uses orders").click()

        page.get_by_role("button", name="Show in the matrix").click()

        expect(cell(page, "reports", "orders")).to_be_focused()

    @pytest.mark.slow
    def test_tell_whether_they_are_to_be_cut(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        expect(cell(page, "billing", "orders")).to_have_class("x s1")
        expect(page.locator("#list li.cut .who")).to_have_text("billing uses orders")


class TestSearch:
    def test_finds_names_files_and_symbols(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)
        found = {}

        for text in ("invoice", "reports", "audit/", "ORDERS"):
            page.get_by_role("searchbox", name="Search").fill(text)
            found[text] = listed(page)

        assert found == {
            "invoice": ["orders uses billing"],
            "reports": ["reports uses orders", "audit uses reports"],
            "audit/": ["audit uses reports"],
            "ORDERS": ["orders uses billing", "billing uses orders", "reports uses orders"],
        }

    @pytest.mark.slow
    def test_counts_the_lines_that_it_finds(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        page.get_by_role("searchbox", name="Search").fill("invoice")

        expect(page.get_by_role("status")).to_have_text("1 pair, 1 crossing")
        expect(cells(page)).to_have_count(1)
        expect(cells(page).locator("text")).to_have_text("1")

    @pytest.mark.slow
    def test_says_that_nothing_is_left(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        page.keyboard.press("/")
        page.keyboard.type("submarine")

        expect(page.get_by_text("Nothing is left. Take a filter away.")).to_be_visible()
        page.keyboard.press("Escape")
        expect(page.get_by_role("status")).to_have_text("4 pairs, 9 crossings")


class TestFilters:
    @pytest.mark.slow
    def test_leave_a_kind_out(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        page.get_by_role("checkbox", name="import").uncheck()

        assert listed(page) == ["orders uses billing", "billing uses orders"]
        expect(page.get_by_role("status")).to_have_text("2 pairs, 2 crossings")

    def test_hide_tests(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        page.get_by_role("checkbox", name="Hide tests").check()

        expect(page.get_by_role("status")).to_have_text("3 pairs, 7 crossings")
        expect(cell(page, "audit", "reports")).to_have_count(0)

    @pytest.mark.slow
    def test_hold_for_lines_that_are_open(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)
        cell(page, "orders", "billing").click()

        page.get_by_role("checkbox", name="import").uncheck()

        assert lines(page) == ["orders/views.py:30"]

    @pytest.mark.slow
    def test_are_taken_away_together(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)
        page.get_by_role("checkbox", name="import").uncheck()
        page.get_by_label("Focus on").select_option("audit")

        page.get_by_role("button", name="Show everything").click()

        expect(page.get_by_role("status")).to_have_text("4 pairs, 9 crossings")
        expect(page.get_by_role("checkbox", name="import")).to_be_checked()


class TestFocus:
    def test_shows_a_component_and_its_neighbours(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        page.get_by_label("Focus on").select_option("reports")

        assert names(page) == ["audit", "orders", "reports"]
        assert listed(page) == ["reports uses orders", "audit uses reports"]

    @pytest.mark.slow
    def test_is_set_by_a_click_on_a_name_and_taken_back_by_another(
        self, open_page: Open, small: Survey
    ) -> None:
        page = open_page(small)

        page.get_by_role("button", name="audit").click()
        near = names(page)
        page.get_by_role("button", name="audit").click()

        assert near == ["audit", "reports"]
        assert len(names(page)) == 4

    @pytest.mark.slow
    def test_is_set_by_the_keyboard(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        page.locator("#rows a[tabindex='0']").focus()
        page.keyboard.press("ArrowDown")
        page.keyboard.press(" ")

        expect(page.get_by_label("Focus on")).to_have_value("billing")

    @pytest.mark.slow
    def test_is_set_by_a_click_on_a_column(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        page.locator("#columns text", has_text="audit").click()

        expect(page.get_by_label("Focus on")).to_have_value("audit")


class TestSize:
    @pytest.mark.slow
    def test_is_changed_by_buttons(self, open_page: Open) -> None:
        page = open_page(large_survey(70, 100))
        widths = []

        for name in ("Larger", "Smaller", "Fit the matrix into its place"):
            page.get_by_role("button", name=name).click()
            widths.append(float(page.locator("#cells").get_attribute("width") or 0))

        assert widths[0] == 1400
        assert widths[1] == 1120
        assert widths[2] < 800


class TestPage:
    def test_shows_a_name_that_is_markup_as_text(self, open_page: Open) -> None:
        survey = survey_of(
            [],
            [crossing(MARKUP, "b", symbol=MARKUP, file=f"{MARKUP}.py"), crossing("b", MARKUP)],
            title=MARKUP,
        )

        page = open_page(survey)

        expect(page.get_by_role("heading", level=1)).to_have_text(MARKUP)
        cell(page, MARKUP, "b").click()
        assert lines(page) == [f"{MARKUP}.py:1"]
        assert listed(page) == [f"{MARKUP} uses b", f"b uses {MARKUP}"]

    @pytest.mark.slow
    def test_leads_from_the_answers_to_the_lines(self, open_page: Open, small: Survey) -> None:
        page = open_page(small)

        page.locator(".card").get_by_role("link", name="orders uses billing").click()

        assert len(lines(page)) == 6

    @pytest.mark.slow
    def test_shows_many_lines_in_two_steps(self, open_page: Open) -> None:
        page = open_page(surveyed(crossings("a", "b", 230)))
        cell(page, "a", "b").click()
        before = len(lines(page))

        page.get_by_role("button", name="Show 30 more lines").click()

        assert (before, len(lines(page))) == (200, 230)

    @pytest.mark.slow
    def test_can_be_read_without_a_script(self, open_page: Open, small: Survey) -> None:
        page = open_page(small, script=False, at="#l0")

        assert lines(page) == [f"orders/views.py:{line}" for line in (1, 2, 3, 4, 30)]
        expect(page.locator("#tools")).to_be_hidden()
        expect(page.get_by_role("heading", name="The order in which to free them")).to_be_visible()

    @pytest.mark.slow
    @pytest.mark.parametrize("scheme", ["light", "dark"])
    @pytest.mark.parametrize("width", [1280, 390])
    def test_is_never_wider_than_its_window(
        self, open_page: Open, width: int, scheme: Scheme
    ) -> None:
        page = open_page(large_survey(30, 90), width=width, scheme=scheme)

        page.locator("#cells a").nth(5).click()

        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

    @pytest.mark.slow
    def test_is_printed_with_the_picture_whole(self, open_page: Open) -> None:
        page = open_page(large_survey(70, 200))
        page.emulate_media(media="print")

        row = page.locator("#rows").bounding_box()
        drawing = page.locator("#cells").bounding_box()

        assert row is not None
        assert drawing is not None
        assert abs(row["height"] - drawing["height"]) < 2
        assert drawing["x"] + drawing["width"] <= 1281
        expect(page.locator("#tools")).to_be_hidden()

    @pytest.mark.slow
    def test_is_drawn_in_two_seconds_however_large_the_project(
        self, browser: Browser, tmp_path: Path
    ) -> None:
        file = tmp_path / "survey.html"
        file.write_bytes(drawn(Findings(large_survey())).encode())
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        meter = page.context.new_cdp_session(page)
        meter.send("Performance.enable", {"timeDomain": "threadTicks"})

        page.goto(file.as_uri())
        page.evaluate("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")

        metrics = meter.send("Performance.getMetrics")["metrics"]
        [taken] = [one["value"] for one in metrics if one["name"] == "TaskDuration"]
        assert page.locator("#cells a").count() == 3_000
        assert taken < 2


class TestReferenceProject:
    @pytest.mark.slow
    def test_is_drawn_with_what_it_still_owes(self, browser: Browser, tmp_path: Path) -> None:
        file = tmp_path / "survey.html"
        command = [sys.executable, "-m", "bulkhead", "survey", "--html", str(file)]
        environ = {**os.environ, "BULKHEAD_CACHE": str(tmp_path / "cache")}
        subprocess.run(command, cwd=REPOSITORY, env=environ, check=True)  # noqa: S603 - ours
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        page.goto(file.as_uri())

        cell(page, "project", "portfolio").click()

        assert "project/api.py:" in "".join(lines(page))
        assert {"budgeting", "contracting", "invoicing"} <= set(names(page))
