"""What the web framework offers goes on working behind the seam."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from asgiref.sync import async_to_sync
from django.contrib.auth.models import User
from django.core.cache import cache
from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.test import AsyncClient, override_settings
from django.urls import path
from ninja.security import HttpBearer
from ninja.throttling import AuthRateThrottle

from bulkhead.api import JSONL, SSE, ComponentAPI, user_of
from tests.toolkit.api.calling import calling, content_of, document_of
from tests.toolkit.api.conftest import INSTALLED

NAMED = {"Authorization": "Bearer member"}


class LaterAuth(HttpBearer):
    """Looks the user up as an async view does."""

    async def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return await User.objects.filter(username=token).afirst()


def show(request: HttpRequest) -> str:
    return str(user_of(request))


async def show_later(request: HttpRequest) -> str:
    return str(user_of(request))


def tell(request: HttpRequest) -> Iterator[int]:
    yield from (1, 2)


async def tell_later(request: HttpRequest) -> AsyncIterator[int]:
    for number in (1, 2):
        yield number


def send(request: HttpRequest) -> FileResponse:
    return FileResponse([b"a,b"], content_type="text/csv", filename="sums.csv")


def pour(request: HttpRequest) -> StreamingHttpResponse:
    return StreamingHttpResponse(iter([b"a", b"b"]), content_type="text/plain")


def set_cookie(request: HttpRequest, response: HttpResponse) -> str:
    response.set_cookie("berth", "7")
    response["X-Berth"] = "7"
    return "set"


@pytest.fixture
def api() -> ComponentAPI:
    cache.clear()
    api = ComponentAPI(title="Seam", auth=LaterAuth())
    router = api.default_router
    router.get("/show")(show)
    router.get("/show-later")(show_later)
    router.get("/lines", response=JSONL[int])(tell)
    router.get("/lines-later", response=JSONL[int])(tell_later)
    router.get("/events", response=SSE[int])(tell)
    router.get("/events-later", response=SSE[int])(tell_later)
    router.get("/file")(send)
    router.get("/pour")(pour)
    router.get("/cookie")(set_cookie)
    throttle = AuthRateThrottle("1/h")
    router.get("/throttled", throttle=throttle)(show)
    router.get("/throttled-later", throttle=throttle)(show_later)
    return api


@pytest.mark.django_db(transaction=True)
class TestAsyncAuthentication:
    @pytest.mark.parametrize("address", ["show", "show-later"])
    def test_lets_in_whom_it_knows(self, api: ComponentAPI, address: str) -> None:
        User.objects.create_user("member")

        with calling(api) as client:
            assert client.get(f"/api/{address}", headers=NAMED).json() == "member"

    @pytest.mark.parametrize("address", ["show", "show-later"])
    def test_keeps_out_whom_it_does_not_know(self, api: ComponentAPI, address: str) -> None:
        with calling(api) as client:
            response = client.get(f"/api/{address}", headers=NAMED)

        assert (response.status_code, response["Content-Type"]) == (401, "application/problem+json")

    @pytest.mark.parametrize("address", ["show", "show-later"])
    def test_works_in_an_async_server(self, api: ComponentAPI, address: str) -> None:
        User.objects.create_user("member")

        async def ask() -> Any:
            return await AsyncClient().get(f"/api/{address}", headers=NAMED)

        with override_settings(ROOT_URLCONF=(path("api/", api.urls),), INSTALLED_APPS=INSTALLED):
            assert async_to_sync(ask)().json() == "member"


@pytest.mark.django_db(transaction=True)
class TestStream:
    @pytest.mark.parametrize(
        ("address", "media_type", "content"),
        [
            ("lines", "application/jsonl", b"1\n2\n"),
            ("lines-later", "application/jsonl", b"1\n2\n"),
            ("events", "text/event-stream", b"data: 1\n\ndata: 2\n\n"),
            ("events-later", "text/event-stream", b"data: 1\n\ndata: 2\n\n"),
            ("file", "text/csv", b"a,b"),
            ("pour", "text/plain", b"ab"),
        ],
    )
    def test_is_sent_as_it_is(
        self, api: ComponentAPI, address: str, media_type: str, content: bytes
    ) -> None:
        User.objects.create_user("member")

        with calling(api) as client:
            response = client.get(f"/api/{address}", headers=NAMED)

            assert (response["Content-Type"], content_of(response)) == (media_type, content)

    def test_is_documented_with_its_media_type(self, api: ComponentAPI) -> None:
        details = document_of(api, "/events")

        assert list(details["responses"][200]["content"]) == ["text/event-stream"]


@pytest.mark.django_db(transaction=True)
class TestThrottle:
    @pytest.mark.parametrize("address", ["throttled", "throttled-later"])
    def test_says_when_to_come_back(self, api: ComponentAPI, address: str) -> None:
        User.objects.create_user("member")

        with calling(api) as client:
            first = client.get(f"/api/{address}", headers=NAMED)
            second = client.get(f"/api/{address}", headers=NAMED)

        assert (first.status_code, second.status_code) == (200, 429)
        assert second["Content-Type"] == "application/problem+json"
        assert int(second["Retry-After"]) > 0
        assert 429 in document_of(api, f"/{address}")["responses"]


@pytest.mark.django_db
class TestAnswer:
    def test_bears_the_headers_that_a_view_sets(self, api: ComponentAPI) -> None:
        User.objects.create_user("member")

        with calling(api) as client:
            response = client.get("/api/cookie", headers=NAMED)

        assert (response["X-Berth"], response.cookies["berth"].value) == ("7", "7")
