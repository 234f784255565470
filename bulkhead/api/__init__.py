"""The seam to the web framework: all that a component's `api/` and a project's `urls.py` import."""

from __future__ import annotations

from bulkhead.errors import MissingExtraError

try:
    from ninja import (
        JSONL,
        SSE,
        Body,
        Cookie,
        File,
        Form,
        Header,
        Path,
        Query,
        Status,
        UploadedFile,
    )
    from ninja.errors import HttpError
    from pydantic import Field

    from bulkhead.absent import Absent
    from bulkhead.api.apis import ComponentAPI, component_api
    from bulkhead.api.authentication import ANYONE, SessionAuth, user_of
    from bulkhead.api.if_match import IfMatch
    from bulkhead.api.paging import PageOf, Paging
    from bulkhead.api.problems import InvalidInput, Problem
    from bulkhead.api.routers import MissingRouterError, Router
    from bulkhead.api.schemas import Schema
except ModuleNotFoundError as error:
    if error.name not in {"ninja", "pydantic"}:
        raise
    part = "bulkhead.api"
    raise MissingExtraError(part, package="django-ninja", extra="api") from error

__all__ = [
    "ANYONE",
    "JSONL",
    "SSE",
    "Absent",
    "Body",
    "ComponentAPI",
    "Cookie",
    "Field",
    "File",
    "Form",
    "Header",
    "HttpError",
    "IfMatch",
    "InvalidInput",
    "MissingRouterError",
    "PageOf",
    "Paging",
    "Path",
    "Problem",
    "Query",
    "Router",
    "Schema",
    "SessionAuth",
    "Status",
    "UploadedFile",
    "component_api",
    "user_of",
]
