"""`migrate`, over all databases, built on the one of the next app that has it, or Django's."""

from __future__ import annotations

from bulkhead.management.migrate_all import MigrateAllDatabases
from bulkhead.management.next_in_order import command_after_bulkhead

__all__ = ["Command", "MigrateAllDatabases"]


class Command(MigrateAllDatabases, command_after_bulkhead("migrate")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and all databases."""
