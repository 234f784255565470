"""`runserver`, over all databases, built on the one of the next app that has it, or Django's."""

from __future__ import annotations

from bulkhead.management.next_in_order import command_after_bulkhead
from bulkhead.management.warn_of_all import WarnOfAllDatabases

__all__ = ["Command", "WarnOfAllDatabases"]


class Command(WarnOfAllDatabases, command_after_bulkhead("runserver")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and all databases."""
