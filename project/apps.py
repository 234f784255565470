"""The project as a Django app: its pages, its templates and its command."""

from __future__ import annotations

from django.apps import AppConfig


class ProjectConfig(AppConfig):
    """Has no models; what is stored belongs to a component or to the legacy app."""

    name = "project"
    verbose_name = "Cost control"
