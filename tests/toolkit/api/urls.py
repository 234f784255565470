"""An API over the components that a test has installed, and one router of the project's own."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import path

from bulkhead.api import Router, component_api

pages = Router(tags=["pages"])


@pages.get("/summary")
def get_summary(request: HttpRequest) -> dict[str, int]:
    del request
    return {"orders": 1}


api = component_api(title="The yard", description="Trains.", routers=[("/pages", pages)])

urlpatterns = [path("api/", api.urls)]
