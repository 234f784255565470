"""Components' rows in the Django admin, where the domain's rules hold."""

from __future__ import annotations

from bulkhead.admin.actions import ServiceAction, ServiceActionError, service_action
from bulkhead.admin.aggregates import AggregateAdmin
from bulkhead.admin.forms import AggregateForm
from bulkhead.admin.inlines import (
    AggregateInline,
    AggregateStackedInline,
    AggregateTabularInline,
)
from bulkhead.admin.parts import PartForm
from bulkhead.admin.permitting import PastTheDomainError
from bulkhead.admin.references import ReferenceAdmin, ReferenceInline
from bulkhead.admin.saving import HistoryNotFirstError, NothingAddedError
from bulkhead.admin.versions import UnseenVersionError

__all__ = [
    "AggregateAdmin",
    "AggregateForm",
    "AggregateInline",
    "AggregateStackedInline",
    "AggregateTabularInline",
    "HistoryNotFirstError",
    "NothingAddedError",
    "PartForm",
    "PastTheDomainError",
    "ReferenceAdmin",
    "ReferenceInline",
    "ServiceAction",
    "ServiceActionError",
    "UnseenVersionError",
    "service_action",
]
