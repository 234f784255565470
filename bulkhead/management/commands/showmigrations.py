"""`showmigrations`, over all databases, built on the next app's that has it, or Django's."""

from __future__ import annotations

from bulkhead.management.next_in_order import command_after_bulkhead
from bulkhead.management.show_all import ShowAllDatabases

__all__ = ["Command", "ShowAllDatabases"]


class Command(ShowAllDatabases, command_after_bulkhead("showmigrations")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and all databases."""
