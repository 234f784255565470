"""What every test of this repository shares."""

from __future__ import annotations

import os

import pytest

from tests.browser import browser
from tests.layouts import chosen_layout, chosen_space

__all__ = ["browser"]

_MOST_WORKERS = 6
"""Each has a connection to six databases, and PostgreSQL's default is 100 of them."""


def pytest_report_header() -> str:
    return f"databases: {chosen_layout()}, space {chosen_space()}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return what `-n auto` means here."""
    return min(os.cpu_count() or 1, _MOST_WORKERS)
