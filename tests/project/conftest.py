"""Who visits the project."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from tests.project.browsing import Visitor


@pytest.fixture
def visitor(browser: Browser, live_server: LiveServer) -> Iterator[Visitor]:
    """Yield a visitor, and fail where the browser has complained."""
    made = Visitor(browser=browser, address=live_server.url)
    yield made
    assert made.complaints == []
