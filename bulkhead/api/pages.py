"""The page that shows the document, with no asset from elsewhere and no inline script."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class DocsPage(DocsBase):
    """Swagger UI, from the files that ninja ships as a Django app."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: object) -> HttpResponse:
        """Return the page."""
        context = {
            "title": api.title,
            "document_url": self.get_openapi_url(api, kwargs),
            "csrf_header": settings.CSRF_HEADER_NAME.removeprefix("HTTP_").replace("_", "-"),
        }
        return render(request, "bulkhead/api/docs.html", context)
