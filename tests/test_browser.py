from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.browser import refuse_or_skip

SENTENCE = (
    "No Chromium was found. Install it with `apt-get install chromium`, or with "
    "`python -m playwright install chromium`, then run this test again."
)


class TestBrowser:
    def test_shows_a_page(self, browser: Browser) -> None:
        page = browser.new_page(viewport={"width": 390, "height": 800})

        page.set_content("<title>Harbour</title><p>Berth 7</p>")

        assert page.title() == "Harbour"
        assert page.get_by_text("Berth 7").is_visible()


class TestRefuseOrSkip:
    def test_skips_with_the_way_to_a_browser(self) -> None:
        with pytest.raises(pytest.skip.Exception) as skipped:
            refuse_or_skip(required=False)

        assert str(skipped.value) == SENTENCE

    def test_fails_where_a_browser_is_required(self) -> None:
        with pytest.raises(pytest.fail.Exception) as failed:
            refuse_or_skip(required=True)

        assert str(failed.value) == f"BULKHEAD_REQUIRE_BROWSER is 1. {SENTENCE}"
