"""Signing in by the session, with CSRF unless somebody says otherwise."""

from __future__ import annotations

import logging

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings
from django.urls import path

from bulkhead.api import SessionAuth, component_api
from tests.toolkit.api.conftest import INSTALLED

CLOSE = "/api/workshop/orders/2/close"


class TestSession:
    @pytest.mark.parametrize("address", ["/api/workshop/orders", "/api/workshop/later"])
    def test_is_needed(self, stranger: Client, address: str) -> None:
        response = stranger.get(address)

        assert response.status_code == 401
        assert response.json() == {
            "type": "about:blank",
            "title": "Unauthorized",
            "status": 401,
            "detail": "Nobody is signed in. Sign in, or send valid credentials.",
        }

    @pytest.mark.parametrize("address", ["/api/workshop/orders", "/api/workshop/later"])
    def test_lets_in_whom_it_knows(self, member: Client, address: str) -> None:
        assert member.get(address).status_code == 200

    def test_is_needed_by_the_routers_of_the_project_too(self, stranger: Client) -> None:
        assert stranger.get("/api/pages/summary").status_code == 401

    def test_is_not_needed_where_an_endpoint_says_so(self, stranger: Client) -> None:
        assert stranger.get("/api/workshop/open").json() == {"open": True}

    def test_comes_before_the_token(self, stranger: Client) -> None:
        assert stranger.post(CLOSE).status_code == 401


class TestToken:
    def test_is_needed_to_change_something(
        self, member: Client, caplog: pytest.LogCaptureFixture
    ) -> None:
        response = member.post(CLOSE)

        assert response.status_code == 403
        assert response["Content-Type"] == "application/problem+json"
        assert response.json() == {
            "type": "urn:problem:bulkhead:CsrfFailedError",
            "title": "CSRF check failed",
            "status": 403,
            "detail": "The CSRF check failed: CSRF cookie not set. "
            "Send the value of the cookie csrftoken in the header X-CSRFTOKEN.",
        }
        assert ("django.security.csrf", logging.WARNING) in [
            (record.name, record.levelno) for record in caplog.records
        ]

    def test_lets_pass_whoever_sends_it(self, trusted: Client) -> None:
        assert trusted.post(CLOSE).status_code == 204

    @pytest.mark.parametrize(
        ("body", "content_type", "status"),
        [
            (b"note=xxx", "application/x-www-form-urlencoded", 413),
            (b"x", "multipart/form-data", 400),
        ],
    )
    @override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=3)
    def test_is_looked_for_in_a_body_that_nobody_takes(
        self, trusted: Client, body: bytes, content_type: str, status: int
    ) -> None:
        response = trusted.generic("POST", CLOSE, body, content_type=content_type)

        document = trusted.get("/api/openapi.json").json()
        documented = document["paths"]["/api/workshop/orders/{order_id}/close"]["post"]["responses"]
        assert response.status_code == status
        assert str(status) in documented

    def test_has_to_be_the_one_of_the_cookie(self, trusted: Client) -> None:
        trusted.cookies["csrftoken"] = "s" * 32

        assert trusted.post(CLOSE).status_code == 403

    def test_does_not_help_a_foreign_site(self, trusted: Client) -> None:
        response = trusted.post(CLOSE, headers={"origin": "https://elsewhere.example"})

        assert response.status_code == 403
        assert "Origin checking failed" in response.json()["detail"]


class TestOtherAuthentication:
    def test_may_be_chosen_for_the_whole_api(self, django_user_model: type[User]) -> None:
        with override_settings(INSTALLED_APPS=INSTALLED):
            without_token = component_api(title="Open", auth=SessionAuth(csrf=False)).urls
            without_auth = component_api(title="Wide open", auth=None).urls
        client = Client(enforce_csrf_checks=True)
        closing = "/api/workshop/orders/2/close"

        with override_settings(ROOT_URLCONF=(path("api/", without_auth),)):
            wide_open = client.post(closing).status_code
        client.force_login(django_user_model.objects.create_user("member"))
        with override_settings(ROOT_URLCONF=(path("api/", without_token),)):
            without_csrf = client.post(closing).status_code

        assert (wide_open, without_csrf) == (204, 204)
