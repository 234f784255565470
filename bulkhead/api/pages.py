"""The page that shows the document, with no asset from elsewhere and no inline script."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase

if TYPE_CHECKING:
    from bulkhead.api.apis import ComponentAPI


class DocsPage(DocsBase):
    """Swagger UI, from the files that ninja ships as a Django app."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: object) -> HttpResponse:
        """Return the page."""
        context = {
            "title": api.title,
            "has_tokens": _takes_more_than_cookies(api),
            "document_url": self.get_openapi_url(api, kwargs),
            "csrf_header": settings.CSRF_HEADER_NAME.removeprefix("HTTP_").replace("_", "-"),
        }
        return render(request, "bulkhead/api/docs.html", context)


def _takes_more_than_cookies(api: NinjaAPI) -> bool:
    """Return whether some endpoint takes a secret that one could type into the page."""
    return any(
        getattr(auth, "openapi_in", "header") != "cookie"
        for operation in cast("ComponentAPI", api).operations()
        for auth in operation.auth_callbacks
    )
