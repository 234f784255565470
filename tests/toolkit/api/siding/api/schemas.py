"""What the siding's endpoints take: of the same name as the workshop's, and not the same."""

from __future__ import annotations

from bulkhead.api import Schema


class LineIn(Schema):
    track: int
