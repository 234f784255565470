"""`sqlflush`, of a component, built on the one of the next app that has it, or Django's."""

from __future__ import annotations

from bulkhead.management.next_in_order import command_after_bulkhead
from bulkhead.management.sql_of_apps import FlushSqlOfComponents

__all__ = ["Command", "FlushSqlOfComponents"]


class Command(FlushSqlOfComponents, command_after_bulkhead("sqlflush")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and the tables of one component."""
