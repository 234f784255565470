"""The pytest plugin: the mark `component`, and fixtures that know all databases.

It is loaded in every pytest run of an environment, also where there is no Django project, and so
imports the rest of Bulkhead only where it is used.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from bulkhead.testing.commits import Callbacks
    from bulkhead.testing.queries import CapturedQueries
    from bulkhead.testing.threads import RunInThreads

_REFUSED = pytest.StashKey[str]()


def pytest_configure(config: pytest.Config) -> None:
    """Register the mark."""
    config.addinivalue_line(
        "markers",
        "component(label, ...): the test may use the databases of these components, of what they "
        "depend on, and `default`. A django_db mark beside it keeps its options.",
    )


def pytest_sessionstart() -> None:
    """Put test databases on SQLite into files, before they are made."""
    if "django.apps" not in sys.modules:
        return
    from django.apps import apps  # noqa: PLC0415 - see above

    if apps.ready:
        from bulkhead.testing.files import put_sqlite_into_files  # noqa: PLC0415

        put_sqlite_into_files()


@pytest.hookimpl(wrapper=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> Generator[None]:
    """Give tests their databases: those marked, then those that a conftest has marked meanwhile.

    The first round comes before pytest-django puts the tests in order.
    """
    _give_databases(items)
    result = yield
    _give_databases(items)
    return result


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Fail a test whose mark is wrong, before anything is set up for it."""
    if (refusal := item.stash.get(_REFUSED, None)) is not None:
        pytest.fail(refusal, pytrace=False)


def _give_databases(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("component") is None or _REFUSED in item.stash:
            continue
        from bulkhead.testing.marks import give_databases  # noqa: PLC0415 - see above

        if (refusal := give_databases(item)) is not None:
            item.stash[_REFUSED] = refusal


@pytest.fixture
def capture_queries() -> Callable[..., AbstractContextManager[CapturedQueries]]:
    """Return `capture_queries()`: a block's queries, on all databases."""
    from bulkhead.testing.queries import capture_queries  # noqa: PLC0415 - see above

    return capture_queries


@pytest.fixture
def assert_queries() -> Callable[..., AbstractContextManager[CapturedQueries]]:
    """Return `assert_queries(3)`: a block executes so many queries, on all databases together."""
    from bulkhead.testing.queries import assert_queries  # noqa: PLC0415 - see above

    return assert_queries


@pytest.fixture
def assert_max_queries() -> Callable[..., AbstractContextManager[CapturedQueries]]:
    """Return `assert_max_queries(9)`: a block executes at most so many queries."""
    from bulkhead.testing.queries import assert_max_queries  # noqa: PLC0415 - see above

    return assert_max_queries


@pytest.fixture
def capture_on_commit() -> Callable[..., AbstractContextManager[Callbacks]]:
    """Return `capture_on_commit(execute=False)`: what a block wants called after the commit."""
    from bulkhead.testing.commits import capture_on_commit  # noqa: PLC0415 - see above

    return capture_on_commit


@pytest.fixture
def run_in_threads() -> RunInThreads:
    """Return `run_in_threads(function, arguments, threads=8)`."""
    from bulkhead.testing.threads import run_in_threads  # noqa: PLC0415 - see above

    return run_in_threads
