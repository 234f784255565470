"""Bulkhead as a Django app: its commands, checks, templates and static files."""

from __future__ import annotations

from django.apps import AppConfig


class BulkheadConfig(AppConfig):
    """Registers the checks."""

    name = "bulkhead"

    def ready(self) -> None:
        """Register the checks."""
        from bulkhead import checks  # noqa: F401, PLC0415 - importing registers them
