"""Two versions of an OpenAPI document: what of the older one clients can rely on no longer."""

from __future__ import annotations

from bulkhead.api.comparing.changes import Change
from bulkhead.api.comparing.comparison import breaking_changes

__all__ = ["Change", "breaking_changes"]
