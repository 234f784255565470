"""The URLs of the legacy app."""

from __future__ import annotations

from django.urls import path

from project.portfolio import views

app_name = "portfolio"

urlpatterns = [
    path("", views.property_list, name="properties"),
    path("projects/", views.project_list, name="projects"),
    path("projects/<int:pk>/", views.project_detail, name="project"),
]
