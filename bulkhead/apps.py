"""Bulkhead as a Django app: its commands, checks, templates and static files."""

from __future__ import annotations

from django.apps import AppConfig

from bulkhead.management.exit_statuses import tell_failures_apart

tell_failures_apart()


class BulkheadConfig(AppConfig):
    """Registers the checks."""

    name = "bulkhead"

    def ready(self) -> None:
        """Register the checks."""
        from bulkhead.checks.subjects import register_subjects  # noqa: PLC0415 - needs the apps

        register_subjects()
