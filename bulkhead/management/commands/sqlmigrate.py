"""`sqlmigrate`, for the app's database, built on the next app's that has it, or Django's."""

from __future__ import annotations

from bulkhead.management.next_in_order import command_after_bulkhead
from bulkhead.management.sql_of_apps import MigrationSqlOfApps

__all__ = ["Command", "MigrationSqlOfApps"]


class Command(MigrationSqlOfApps, command_after_bulkhead("sqlmigrate")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and the app's own database."""
