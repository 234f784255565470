"""`sqlsequencereset`, for its apps' database, built on the next app's or Django's."""

from __future__ import annotations

from bulkhead.management.next_in_order import command_after_bulkhead
from bulkhead.management.sql_of_apps import SequenceSqlOfApps

__all__ = ["Command", "SequenceSqlOfApps"]


class Command(SequenceSqlOfApps, command_after_bulkhead("sqlsequencereset")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and the apps' own database."""
