"""A real browser for tests: the Chromium of this machine, driven by Playwright."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connections
from playwright.sync_api import Browser, Playwright, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
_QUIET = (
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_HOW_TO_GET_ONE = (
    "No Chromium was found. Install it with `apt-get install chromium`, or with "
    "`python -m playwright install chromium`, then run this test again."
)


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    """Yield a browser of its own, closed with all its pages when the test ends.

    Playwright keeps an event loop running in this thread as long as it lives, which Django takes
    for a mistake: so it lives no longer than one test, and Django is told.
    Django gives such a thread other database connections, which nobody else would close.
    """
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        executable = find_chromium(playwright)
        if executable is None:
            refuse_or_skip(required=os.environ.get("BULKHEAD_REQUIRE_BROWSER") == "1")
        launched = playwright.chromium.launch(executable_path=executable, args=list(_QUIET))
        yield launched
        launched.close()
        connections.close_all()


def find_chromium(playwright: Playwright) -> str | None:
    """Return the path of the system's Chromium, else of the one that Playwright installed."""
    for name in _NAMES:
        if (path := shutil.which(name)) is not None:
            return path
    own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def refuse_or_skip(*, required: bool) -> None:
    """Skip a test that finds no browser, or fail it where one is required."""
    if required:
        pytest.fail(f"BULKHEAD_REQUIRE_BROWSER is 1. {_HOW_TO_GET_ONE}", pytrace=False)
    pytest.skip(_HOW_TO_GET_ONE)
