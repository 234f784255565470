"""`dumpdata`, over all databases, built on the one of the next app that has it, or Django's."""

from __future__ import annotations

from bulkhead.management.dump_all import DumpAllDatabases
from bulkhead.management.next_in_order import command_after_bulkhead

__all__ = ["Command", "DumpAllDatabases"]


class Command(DumpAllDatabases, command_after_bulkhead("dumpdata")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and all databases."""
