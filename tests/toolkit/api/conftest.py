from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings

from bulkhead.api import ComponentAPI
from tests.toolkit.api.piers import Pier, built_pier

INSTALLED = [
    "bulkhead",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "ninja",
    "tests.toolkit.api.workshop",
    "tests.toolkit.api.siding",
    "tests.toolkit.yard.stock",
]


@pytest.fixture
def _yard() -> Iterator[None]:
    with override_settings(INSTALLED_APPS=INSTALLED, ROOT_URLCONF="tests.toolkit.api.urls"):
        yield


@pytest.fixture
def api(_yard: None) -> ComponentAPI:
    from tests.toolkit.api.urls import api  # noqa: PLC0415 - made of what is installed by then

    return api


@pytest.fixture
def stranger(_yard: None) -> Client:
    """Nobody is signed in; errors are answered, and not raised in the test."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def member(stranger: Client, django_user_model: type[User]) -> Client:
    """Someone is signed in, and sends no CSRF token."""
    stranger.force_login(django_user_model.objects.create_user("member"))
    return stranger


@pytest.fixture
def trusted(member: Client) -> Client:
    """Someone is signed in, and sends the CSRF token with each request."""
    token = "t" * 32
    member.cookies["csrftoken"] = token
    member.defaults["HTTP_X_CSRFTOKEN"] = token
    return member


@pytest.fixture
def pier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pier]:
    yield from built_pier(tmp_path, monkeypatch)
