"""`flush`, over all databases, built on the one of the next app that has it, or Django's."""

from __future__ import annotations

from bulkhead.management.flush_all import FlushAllDatabases
from bulkhead.management.next_in_order import command_after_bulkhead

__all__ = ["Command", "FlushAllDatabases"]


class Command(FlushAllDatabases, command_after_bulkhead("flush")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and all databases."""
