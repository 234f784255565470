"""What people see where nothing can be shown."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.views.defaults import server_error

pytestmark = pytest.mark.django_db


def not_understood() -> HttpResponse:
    return Client().get("/", headers={"host": "elsewhere.example"})


def not_allowed() -> HttpResponse:
    client = Client()
    client.force_login(User.objects.create_user("guest", is_staff=True))
    return client.get("/admin/portfolio/project/")


def expired() -> HttpResponse:
    return Client(enforce_csrf_checks=True).post("/admin/logout/")


def not_there() -> HttpResponse:
    return Client().get("/nowhere/<b>/")


def failed() -> HttpResponse:
    return server_error(RequestFactory().get("/"))


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
        self, happen: Callable[[], HttpResponse], status: int, heading: str, told: str
    ) -> None:
        response = happen()

        page = response.content.decode()
        assert response.status_code == status
        assert f"<h1>{heading}</h1>" in page
        assert told in page
        assert '<a class="button" href="/">Go to the cost report</a>' in page
        assert "project/page.css" in page
        assert not re.search(r"<style|style=|<script", page)
