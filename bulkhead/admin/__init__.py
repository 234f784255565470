"""Components' rows in the Django admin, where the domain's rules hold."""

from __future__ import annotations

from bulkhead.admin.actions import ServiceAction, ServiceActionError, service_action
from bulkhead.admin.aggregates import (
    AggregateAdmin,
    AggregateInline,
    AggregateStackedInline,
    AggregateTabularInline,
    PastTheDomainError,
)
from bulkhead.admin.references import ReferenceAdmin, ReferenceInline

__all__ = [
    "AggregateAdmin",
    "AggregateInline",
    "AggregateStackedInline",
    "AggregateTabularInline",
    "PastTheDomainError",
    "ReferenceAdmin",
    "ReferenceInline",
    "ServiceAction",
    "ServiceActionError",
    "service_action",
]
