"""Turns `@pytest.mark.component("invoicing")` into the `django_db` mark of pytest-django."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from bulkhead.errors import MissingExtraError
from bulkhead.testing.aliases import databases_of

MARK = "component"

_OPTIONS = ("transaction", "reset_sequences", "databases", "serialized_rollback", "available_apps")
"""Those of `django_db`, in their order."""

_TRANSACTIONAL_FIXTURES = {"transactional_db", "live_server", "django_db_reset_sequences"}


def give_databases(item: pytest.Item) -> str | None:
    """Add a `django_db` mark for the components of this test, and return what is wrong, or None.

    The options of a `django_db` mark that is there are kept, and the databases are added to it.
    """
    try:
        labels = _labels_of(item)
        _require_pytest_django(item)
        options = _explicit_options(item)
        needed = databases_of(*labels, transaction=_is_transactional(item, options))
    except (LookupError, TypeError, ImportError) as error:
        return f"@pytest.mark.component of {item.nodeid}: {error}"
    if options.get("databases") != "__all__":
        options["databases"] = sorted(needed.union(options.get("databases") or ()))
    item.add_marker(pytest.mark.django_db(**options), append=False)
    return None


def _labels_of(item: pytest.Item) -> list[str]:
    labels: list[str] = []
    for mark in item.iter_markers(MARK):
        if not mark.args or mark.kwargs or not all(isinstance(label, str) for label in mark.args):
            msg = (
                "it takes the labels of components, such as @pytest.mark.component('invoicing'), "
                "and nothing else. Options such as transaction=True belong to "
                "@pytest.mark.django_db, which may stand beside it."
            )
            raise TypeError(msg)
        labels += mark.args
    return labels


def _require_pytest_django(item: pytest.Item) -> None:
    if not item.config.pluginmanager.hasplugin("django"):
        part = "It"
        raise MissingExtraError(part, package="pytest-django", extra="testing")
    from django.apps import apps  # noqa: PLC0415 - not before Django is known to be wanted

    if not apps.ready:
        msg = (
            "it needs a Django project, and none is set up. "
            "Set DJANGO_SETTINGS_MODULE in pytest's configuration."
        )
        raise LookupError(msg)
    _refuse_test_case(item)


def _refuse_test_case(item: pytest.Item) -> None:
    from django.test import SimpleTestCase  # noqa: PLC0415 - slow

    test_class = getattr(item, "cls", None)
    if test_class is not None and issubclass(test_class, SimpleTestCase):
        msg = (
            f"{test_class.__name__} is a Django test case, which reads no marks. "
            f"Write in its body: databases = databases_of('invoicing'), "
            f"from bulkhead.testing.aliases."
        )
        raise TypeError(msg)


def _explicit_options(item: pytest.Item) -> dict[str, Any]:
    mark = item.get_closest_marker("django_db")
    return {} if mark is None else {**dict(zip(_OPTIONS, mark.args, strict=False)), **mark.kwargs}


def _is_transactional(item: pytest.Item, options: dict[str, Any]) -> bool:
    fixtures: Iterable[str] = getattr(item, "fixturenames", ())
    return (
        bool(options.get("transaction"))
        or bool(options.get("reset_sequences"))
        or not _TRANSACTIONAL_FIXTURES.isdisjoint(fixtures)
    )
