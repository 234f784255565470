"""`inspectdb`, for a component, built on the one of the next app that has it, or Django's."""

from __future__ import annotations

from bulkhead.management.next_in_order import command_after_bulkhead
from bulkhead.management.one_component import InspectComponent

__all__ = ["Command", "InspectComponent"]


class Command(InspectComponent, command_after_bulkhead("inspectdb")):  # type: ignore[misc]  # known at run time
    """Django's, or the next app's, and a component's label."""
