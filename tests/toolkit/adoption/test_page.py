from __future__ import annotations

import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from html.parser import HTMLParser

import pytest

from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.matrix import shade, shortened, shown_count
from bulkhead.adoption.html.page import page
from bulkhead.adoption.survey import survey_of
from bulkhead.crossings.links import Unresolved
from tests.docs.blocks import REPOSITORY
from tests.toolkit.adoption.planted import crossing, crossings, large_survey, surveyed

MARKUP = "<script>alert(1)</script>"


_HASHED = """
from hashlib import sha256
from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.page import page
from tests.docs.blocks import REPOSITORY
from tests.toolkit.adoption.planted import large_survey
print(sha256(page(Findings(large_survey(40, 200, ways_back=0.3))).encode()).hexdigest())
"""


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, and the text of each."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.contents: dict[str, list[str]] = {}
        self._open = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self._open = tag

    def handle_endtag(self, tag: str) -> None:
        self._open = ""

    def handle_data(self, data: str) -> None:
        self.contents.setdefault(self._open, []).append(data)

    def attributes(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def large() -> str:
    return page(Findings(large_survey()))


class TestPage:
    def test_is_the_same_each_time(self) -> None:
        first = page(Findings(large_survey(20, 60)))

        assert page(Findings(large_survey(20, 60))) == first

    def test_is_the_same_whatever_the_order_of_sets(self) -> None:
        pages = {
            subprocess.run(  # noqa: S603 - ours
                [sys.executable, "-c", _HASHED],
                cwd=REPOSITORY,
                env={**os.environ, "PYTHONHASHSEED": seed},
                capture_output=True,
                check=True,
            ).stdout
            for seed in ("1", "2")
        }

        assert len(pages) == 1

    def test_lets_nothing_run_but_its_own_style_and_script(self) -> None:
        seen = Seen(page(Findings(large_survey(8, 20))))

        [style] = seen.contents["style"]
        script = seen.contents["script"][-1]
        [policy] = [
            one["content"]
            for one in seen.attributes("meta")
            if one.get("http-equiv") == "Content-Security-Policy"
        ]
        assert policy == (
            f"default-src 'none'; style-src '{hashed(style)}'; script-src '{hashed(script)}'; "
            f"base-uri 'none'; form-action 'none'"
        )

    def test_asks_for_nothing_elsewhere(self, large: str) -> None:
        seen = Seen(large)

        links = [value for _, one in seen.elements for name, value in one.items() if name == "href"]
        assert [link for link in links if not str(link).startswith("#")] == []
        assert [one for _, one in seen.elements if {"src", "style", "srcset"} & one.keys()] == []
        assert re.findall(r"url\(|@import|https?://", large) == []

    def test_leads_to_what_is_in_it(self, large: str) -> None:
        seen = Seen(large)

        names = {one["id"] for _, one in seen.elements if "id" in one}
        targets = {str(one["href"])[1:] for one in seen.attributes("a")}
        assert targets - names == set()

    def test_is_small_enough_however_large_the_project(self, large: str) -> None:
        assert len(large.encode()) < 3_000_000

    def test_shows_every_name_as_text(self) -> None:
        seen = Seen(
            page(
                Findings(
                    survey_of(
                        [],
                        [
                            crossing(MARKUP, "b", symbol=f"b.{MARKUP}", file=f"{MARKUP}.py"),
                            crossing("b", MARKUP),
                        ],
                        [
                            Unresolved(
                                file=MARKUP,
                                line=1,
                                module=MARKUP,
                                kind="string",
                                text=MARKUP,
                                reason=MARKUP,
                            )
                        ],
                        title=MARKUP,
                    )
                )
            )
        )

        assert [one.get("type") for one in seen.attributes("script")] == ["application/json", None]
        assert MARKUP in seen.contents["h1"]

    def test_has_the_lines_for_readers_without_a_script(self) -> None:
        found = page(Findings(surveyed(crossings("a", "b", 7))))

        assert found.count('class="at"') == 5
        assert (
            "2 more lines: <code>bulkhead survey --component a --component b --all</code>" in found
        )

    def test_marks_what_is_to_be_cut(self) -> None:
        held = [*crossings("a", "b", 9), *crossings("b", "a", 1), crossing("c", "a", test=True)]

        cells = re.findall(r'href="#l\d" class="([^"]+)"><rect', page(Findings(surveyed(held))))

        assert cells == ["u s4", "x s1", "t s1"]

    def test_frames_each_cycle(self) -> None:
        held = [*crossings("a", "b", 9), *crossings("b", "a", 1), *crossings("c", "a", 1)]

        seen = Seen(page(Findings(surveyed(held))))

        [frame] = [one for one in seen.attributes("rect") if one.get("class") == "frame"]
        assert (frame["data-from"], frame["data-to"]) == ("0", "2")

    def test_says_that_there_is_nothing_to_draw(self) -> None:
        found = page(Findings(surveyed()))

        assert "No app of this project was found, and so there is nothing to draw." in found
        assert "<svg" not in found

    def test_draws_components_that_nothing_ties(self) -> None:
        found = page(Findings(surveyed(also=["a", "b"])))

        assert "No components use each other in a circle." in found

    def test_names_a_file_whose_name_is_no_text(self) -> None:
        found = page(Findings(surveyed([crossing("a", "b", file="a/\udcff.py")])))

        assert b"a/?.py" in found.encode("utf-8", "replace")


class TestMatrix:
    def test_shades_by_count(self) -> None:
        assert [shade(count) for count in (1, 2, 3, 4, 8, 9, 20, 21)] == [1, 2, 2, 3, 3, 4, 4, 5]

    def test_writes_counts_that_fit(self) -> None:
        assert [shown_count(count) for count in (7, 999, 1_000, 12_345)] == [
            "7",
            "999",
            "1k",
            "12k",
        ]

    def test_shortens_a_label_that_does_not_fit(self) -> None:
        assert shortened("a" * 28) == "a" * 28
        assert shortened("a" * 29) == "a" * 27 + "…"


def hashed(content: str) -> str:
    return f"sha256-{b64encode(sha256(content.encode()).digest()).decode()}"
