from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.auth.models import User
from django.test import Client, override_settings

COMPONENTS = ("tests.toolkit.api.workshop", "tests.toolkit.api.siding")


@pytest.fixture
def _api() -> Iterator[None]:
    ninja = {"ninja"} - set(settings.INSTALLED_APPS)
    installed = [*settings.INSTALLED_APPS, *ninja, *COMPONENTS]
    with override_settings(INSTALLED_APPS=installed, ROOT_URLCONF="tests.toolkit.api.urls"):
        yield


@pytest.fixture
def stranger(_api: None) -> Client:
    """Nobody: not signed in; errors are answered, and not raised in the test."""
    return Client(enforce_csrf_checks=True, raise_request_exception=False)


@pytest.fixture
def member(_api: None, db: None) -> Client:
    """Someone who is signed in, and sends no CSRF token."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(User.objects.create_user("member"))
    return client


@pytest.fixture
def trusted(member: Client) -> Client:
    """Someone who is signed in, and sends the CSRF token with each request."""
    token = "t" * 32
    member.cookies["csrftoken"] = token
    member.defaults["HTTP_X_CSRFTOKEN"] = token
    return member
