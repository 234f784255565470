"""The warning of `runserver` that migrations have still to run, for all databases."""

from __future__ import annotations

from django.core.management.base import BaseCommand
from django.db import DEFAULT_DB_ALIAS

from bulkhead.errors import listed
from bulkhead.management.destinations import migrated_databases, unreachable, waiting_apps
from bulkhead.migrating import teach_django_about_components


class WarnOfAllDatabases(BaseCommand):
    """Warns of every database whose migrations have not all run.

    Combine it with another app's command: `class Command(WarnOfAllDatabases, TheirCommand)`.
    """

    def check_migrations(self) -> None:
        """Warn of `default` as Django does, then of the others."""
        teach_django_about_components()
        super().check_migrations()
        others = [alias for alias in migrated_databases() if alias != DEFAULT_DB_ALIAS]
        down = unreachable(others)
        for alias in others:
            if alias in down:
                self._warn(
                    f"\nThe database {alias!r} can't be reached, so nobody knows whether it has "
                    f"unapplied migrations. It answers: {down[alias]}."
                )
            elif waiting := waiting_apps(alias):
                self._warn(
                    f"\nThe database {alias!r} has {len(waiting)} unapplied migration(s), "
                    f"for app(s): {listed(set(waiting))}."
                )
                self._warn("Run 'python manage.py migrate' to apply them.")

    def _warn(self, message: str) -> None:
        self.stdout.write(self.style.NOTICE(message))
