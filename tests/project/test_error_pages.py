"""What people see where nothing can be shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client, RequestFactory
from django.views.defaults import server_error

pytestmark = pytest.mark.django_db


Answer = tuple[int, str]
"""The status, and the page."""


def not_understood() -> Answer:
    response = Client().get("/", headers={"host": "elsewhere.example"})
    return response.status_code, response.content.decode()


def not_allowed() -> Answer:
    client = Client()
    client.force_login(User.objects.create_user("guest", is_staff=True))
    response = client.get("/admin/portfolio/project/")
    return response.status_code, response.content.decode()


def expired() -> Answer:
    response = Client(enforce_csrf_checks=True).post("/admin/logout/")
    return response.status_code, response.content.decode()


def not_there() -> Answer:
    response = Client().get("/nowhere/<b>/")
    return response.status_code, response.content.decode()


def failed() -> Answer:
    response = server_error(RequestFactory().get("/"))
    return response.status_code, response.content.decode()


class TestErrorPage:
    @pytest.mark.parametrize(
        ("happen", "status", "heading", "told"),
        [
            (not_understood, 400, "The request was not understood", "Nothing was changed."),
            (not_allowed, 403, "This is not for you to see", "You are signed in as guest,"),
            (expired, 403, "This form has expired", "load the page again"),
            (not_there, 404, "There is no such page", "Nothing is at /nowhere/&lt;b&gt;/."),
            (failed, 500, "The page failed", "Something unexpected happened,"),
        ],
        ids=["400", "403", "expired", "404", "500"],
    )
    def test_says_what_happened_and_where_to_go_on(
        self, happen: Callable[[], Answer], status: int, heading: str, told: str
    ) -> None:
        answered, page = happen()

        assert answered == status
        assert f"<h1>{heading}</h1>" in page
        assert told in page
        assert '<a class="button" href="/">Go to the cost report</a>' in page
        assert "project/page.css" in page
        assert not re.search(r"<style|style=|<script", page)
