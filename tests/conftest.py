"""What every test of this repository shares."""

from __future__ import annotations

from tests.browser import browser
from tests.layouts import chosen_layout, chosen_space

__all__ = ["browser"]


def pytest_report_header() -> str:
    return f"databases: {chosen_layout()}, space {chosen_space()}"
