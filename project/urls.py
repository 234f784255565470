"""Every URL of the reference project."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path

from project import views
from project.api import api

admin.site.site_header = admin.site.site_title = "Cost control"

pages = (
    [
        path("", views.report, name="report"),
        path("contracts/<uuid:contract_id>/", views.contract, name="contract"),
    ],
    "project",
)

urlpatterns = [
    path("", include(pages)),
    path("portfolio/", include("project.portfolio.urls")),
    path("api/", api.urls),
    path("admin/", admin.site.urls),
]
