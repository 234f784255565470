"""The edge of the API."""

from __future__ import annotations

import asyncio

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from bulkhead.api.boundary import View, bounded


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
