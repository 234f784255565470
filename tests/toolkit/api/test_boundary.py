"""The edge of the API."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import path, resolve
from ninja.errors import ValidationError

from bulkhead.api import JSONL, ComponentAPI
from bulkhead.api.boundary import View, bounded
from tests.toolkit.api.calling import content_of


def raises(request: HttpRequest) -> HttpResponse:
    raise LookupError(request.path)


async def raises_later(request: HttpRequest) -> HttpResponse:
    raise LookupError(request.path)


def tell(request: HttpRequest, error: Exception) -> HttpResponse:
    return HttpResponse(f"{request.path}: {error!r}")


class TestBounded:
    @pytest.mark.parametrize("view", [raises, raises_later])
    def test_is_passed_over_by_djangos_csrf_check(self, view: View) -> None:
        assert bounded(view, tell).csrf_exempt  # type: ignore[attr-defined]

    def test_answers_for_what_a_view_raises(self) -> None:
        response = bounded(raises, tell)(RequestFactory().get("/a"))

        assert response.content == b"/a: LookupError('/a')"

    def test_answers_for_what_an_async_view_raises(self) -> None:
        response = asyncio.run(bounded(raises_later, tell)(RequestFactory().get("/a")))

        assert response.content == b"/a: LookupError('/a')"


def length(request: HttpRequest) -> int:
    return len(request.path)


async def length_later(request: HttpRequest) -> int:
    return len(request.path)


def stream(request: HttpRequest) -> Iterator[str]:
    yield request.path


async def stream_later(request: HttpRequest) -> AsyncIterator[str]:
    yield request.path


def head(request: HttpRequest, response: HttpResponse) -> None:
    response["X-Head"] = "own"


@pytest.fixture
def api() -> ComponentAPI:
    api = ComponentAPI(title="Lengths", auth=None)
    router = api.default_router
    router.get("/length")(length)
    router.get("/later")(length_later)
    router.get("/stream", response=JSONL[str])(stream)
    router.get("/stream-later", response=JSONL[str])(stream_later)
    router.post("/changed")(length)
    router.get("/both")(length)
    router.api_operation(["HEAD"], "/both")(head)
    return api


class TestNul:
    @pytest.mark.parametrize(
        ("headers", "place"),
        [
            ({"cookie": r'sessionid="a\000bcdefgh"'}, "('cookie', 'sessionid')"),
            ({"x-note": "a\0b"}, "('header', 'X-Note')"),
        ],
    )
    @pytest.mark.parametrize("view", [raises, raises_later])
    def test_is_refused_before_anything_asks_a_database_for_it(
        self, view: View, headers: dict[str, str], place: str
    ) -> None:
        def found(request: HttpRequest, error: Exception) -> HttpResponse:
            assert isinstance(error, ValidationError)
            return HttpResponse(str([each["loc"] for each in error.errors]))

        response = bounded(view, found)(RequestFactory().get("/a", headers=headers))
        told = asyncio.run(response) if asyncio.iscoroutine(response) else response

        assert told.content.decode() == f"[{place}]"


class TestHead:
    """Asked of the view itself: Django's client takes the content off by itself."""

    @pytest.mark.parametrize(
        ("address", "as_by", "status"),
        [
            ("length", "GET", 200),
            ("later", "GET", 200),
            ("changed", "PUT", 405),
            ("nowhere", "GET", 404),
            ("openapi.json", "GET", 200),
        ],
    )
    def test_is_answered_without_content(
        self, api: ComponentAPI, address: str, as_by: str, status: int
    ) -> None:
        response = _asked(api, "HEAD", address)

        whole = content_of(_asked(api, as_by, address))
        assert (response.status_code, content_of(response)) == (status, b"")
        assert response["Content-Length"] == str(len(whole))

    @pytest.mark.parametrize("address", ["stream", "stream-later"])
    def test_streams_nothing(self, api: ComponentAPI, address: str) -> None:
        response = _asked(api, "HEAD", address)

        assert (response.status_code, content_of(response)) == (200, b"")

    def test_is_left_to_an_endpoint_of_its_own(self, api: ComponentAPI) -> None:
        assert _asked(api, "HEAD", "both")["X-Head"] == "own"

    def test_is_no_operation_of_the_document(self, api: ComponentAPI) -> None:
        paths = api.get_openapi_schema(path_prefix="")["paths"]

        assert {path: list(methods) for path, methods in paths.items()} == {
            "/length": ["get"],
            "/later": ["get"],
            "/stream": ["get"],
            "/stream-later": ["get"],
            "/changed": ["post"],
            "/both": ["get", "head"],
        }


def _asked(api: ComponentAPI, method: str, address: str) -> Any:
    with override_settings(ROOT_URLCONF=(path("a/", api.urls),)):
        match = resolve(f"/a/{address}")
        request = RequestFactory().generic(method, f"/a/{address}")
        response = match.func(request, *match.args, **match.kwargs)
        return asyncio.run(response) if asyncio.iscoroutine(response) else response
