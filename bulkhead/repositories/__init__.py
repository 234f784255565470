"""Aggregates and rows: a repository loads domain objects whole, and stores them."""

from __future__ import annotations

from bulkhead.errors import StaleAggregateError
from bulkhead.repositories.declarations import children, column, composite, finder
from bulkhead.repositories.errors import (
    AggregateNotFoundError,
    BadCursorError,
    DeclarationError,
    ForeignAggregateError,
    ForeignPartError,
    ForeignRowsError,
    ForeignVersionError,
    NoKeyError,
    NoVersionError,
    RefusedRowError,
    RepeatedPartError,
    SeveralAggregatesError,
    SharedColumnError,
    UnloadedAggregateError,
    UnpageableOrderError,
)
from bulkhead.repositories.paging import Page, PageRequest
from bulkhead.repositories.registry import installed_repositories, repository_of
from bulkhead.repositories.repository import Repository
from bulkhead.repositories.versions import AskedVersion

__all__ = [
    "AggregateNotFoundError",
    "AskedVersion",
    "BadCursorError",
    "DeclarationError",
    "ForeignAggregateError",
    "ForeignPartError",
    "ForeignRowsError",
    "ForeignVersionError",
    "NoKeyError",
    "NoVersionError",
    "Page",
    "PageRequest",
    "RefusedRowError",
    "RepeatedPartError",
    "Repository",
    "SeveralAggregatesError",
    "SharedColumnError",
    "StaleAggregateError",
    "UnloadedAggregateError",
    "UnpageableOrderError",
    "children",
    "column",
    "composite",
    "finder",
    "installed_repositories",
    "repository_of",
]
