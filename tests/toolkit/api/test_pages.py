"""The page that shows the document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.finders import AppDirectoriesFinder
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path
from ninja.security import HttpBearer

from bulkhead.api import SessionAuth, component_api

STATIC = Path(__file__).parents[3] / "bulkhead/static/bulkhead/api"


class TestDocsPage:
    def test_takes_nothing_from_elsewhere(self, stranger: Client) -> None:
        page = stranger.get("/api/docs").content.decode()

        addresses = re.findall(r'(?:src|href|data-document)="([^"]*)"', page)

        assert addresses == [
            "/static/bulkhead/api/icon.svg",
            "/static/ninja/swagger-ui.css",
            "/static/bulkhead/api/docs.css",
            "/static/ninja/swagger-ui-bundle.js",
            "/static/bulkhead/api/docs.js",
            "/api/openapi.json",
            "/api/openapi.json",
        ]

    def test_has_no_inline_script_or_style(self, stranger: Client) -> None:
        page = stranger.get("/api/docs").content.decode()

        assert re.findall(r"<script[^>]*>([^<]+)</script>", page) == []
        assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page)

    def test_names_only_files_that_exist(self, stranger: Client) -> None:
        page = stranger.get("/api/docs").content.decode()

        names = re.findall(r'"/static/([^"]+)"', page)

        finder = AppDirectoriesFinder()
        assert [name for name in names if not finder.find(name)] == []

    def test_says_who_is_signed_in(self, stranger: Client, django_user_model: type) -> None:
        assert b"Not signed in" in stranger.get("/api/docs").content

        name = "<b>Ann</b>"
        stranger.force_login(django_user_model.objects.create_user(name))  # type: ignore[attr-defined]

        assert b"Signed in as <strong>&lt;b&gt;Ann&lt;/b&gt;</strong>" in (
            stranger.get("/api/docs").content
        )

    def test_offers_no_field_for_a_session(self, stranger: Client) -> None:
        assert b'<body class="session-only">' in stranger.get("/api/docs").content

    @pytest.mark.usefixtures("_yard")
    def test_offers_a_field_for_a_token(self) -> None:
        class Token(HttpBearer):
            def authenticate(self, request: HttpRequest, token: str) -> str | None:
                return token if request.path else None

        api = component_api(title="Tokens", auth=[SessionAuth(), Token()])

        with override_settings(ROOT_URLCONF=(path("api/", api.urls),)):
            assert b'<body class="tokens">' in Client().get("/api/docs").content

    @override_settings(CSRF_HEADER_NAME="HTTP_X_OWN_TOKEN")
    def test_knows_the_header_of_the_token(self, stranger: Client) -> None:
        page = stranger.get("/api/docs").content.decode()

        assert 'data-csrf-header="X-OWN-TOKEN"' in page
        assert re.search(r'data-csrf-token="\w{64}"', page)

    def test_sends_nothing_elsewhere(self) -> None:
        assert "http" not in (STATIC / "docs.js").read_text()
        assert "http" not in (STATIC / "docs.css").read_text()
