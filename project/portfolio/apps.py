"""The legacy app `portfolio`, as it has always been."""

from __future__ import annotations

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """A plain Django app beside the components."""

    name = "project.portfolio"
    verbose_name = "Portfolio"
