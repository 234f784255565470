"""What every test of this repository shares."""

from __future__ import annotations

import os

import pytest
from django.test import SimpleTestCase

from tests.browser import browser
from tests.layouts import chosen_layout, chosen_space

__all__ = ["browser"]

_MARKS_OF_DATABASES = ("component", "django_db", "own_databases")
_FIXTURES_OF_DATABASES = frozenset({"db", "live_server", "project", "transactional_db"})

_MOST_WORKERS = 6
"""Each has a connection to six databases, and PostgreSQL's default is 100 of them."""


def pytest_report_header() -> str:
    return f"databases: {chosen_layout()}, space {chosen_space()}"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Return what `-n auto` means here."""
    return min(os.cpu_count() or 1, _MOST_WORKERS)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what touches no database as the same on every layout."""
    for item in items:
        if isinstance(item, pytest.Function) and not _touches_databases(item):
            item.add_marker(pytest.mark.any_layout)


def _touches_databases(item: pytest.Function) -> bool:
    if item.cls is not None and issubclass(item.cls, SimpleTestCase):
        return True
    marked = any(item.get_closest_marker(name) for name in _MARKS_OF_DATABASES)
    return marked or not _FIXTURES_OF_DATABASES.isdisjoint(item.fixturenames)
