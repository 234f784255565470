"""An API that one test writes, and a client of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from asgiref.sync import async_to_sync
from django.test import Client, override_settings
from django.urls import path

from bulkhead.api import ComponentAPI
from tests.toolkit.api.conftest import INSTALLED


@contextmanager
def calling(api: ComponentAPI) -> Iterator[Client]:
    """Mount the API at /api/, and return a client that nobody is signed in with."""
    with override_settings(ROOT_URLCONF=(path("api/", api.urls),), INSTALLED_APPS=INSTALLED):
        yield Client(enforce_csrf_checks=True, raise_request_exception=False)


def content_of(response: Any) -> bytes:
    """Return the whole content of a response, also of one that is streamed asynchronously."""
    if not getattr(response, "is_async", False):
        whole: bytes = response.getvalue()
        return whole

    async def collected() -> bytes:
        return b"".join([part async for part in response.streaming_content])

    return async_to_sync(collected)()


def document_of(api: ComponentAPI, address: str, method: str = "get") -> dict[str, Any]:
    """Return what the document says of one operation."""
    document: dict[str, Any] = api.get_openapi_schema(path_prefix="")
    details: dict[str, Any] = document["paths"][address][method]
    return details
