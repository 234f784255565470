"""Clients of the reference project's endpoints."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.components.conftest import CSRF_TOKEN, EVERYTHING, user_with

ALL = ("default", "budgeting", "contracting", "invoicing")


@pytest.fixture
def trusted() -> Client:
    """Someone who may do everything, and sends the CSRF token."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = CSRF_TOKEN
    client.force_login(user_with(*EVERYTHING))
    client.defaults["HTTP_X_CSRFTOKEN"] = CSRF_TOKEN
    return client
