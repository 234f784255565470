"""Query parameters that no endpoint reads: a list that passes over a filter shows too much."""

from __future__ import annotations

from functools import update_wrapper
from typing import Any

from django.http import HttpRequest
from ninja.errors import ValidationError
from ninja.operation import Operation
from ninja.security import APIKeyQuery
from pydantic import BaseModel

from bulkhead.api.declared import declared_of
from bulkhead.api.paging import PagingParameter
from bulkhead.hints import members


def refuse_unknown_queries(operation: Operation) -> None:
    """Let an operation refuse query parameters that it does not declare, where it says so.

    It says so by taking `Paging`, or a model of its query that forbids other fields, as `Schema`
    does. Others may read the query themselves.
    """
    if not _is_closed(operation):
        return
    view = operation.view_func
    known = _declared_names(operation)

    def call(request: HttpRequest, **values: Any) -> Any:
        unknown = sorted(request.GET.keys() - known)
        if unknown:
            raise ValidationError([_finding(name, known) for name in unknown])
        return view(request, **values)

    operation.view_func = update_wrapper(call, view)


def _is_closed(operation: Operation) -> bool:
    if any(isinstance(each.parameter, PagingParameter) for each in declared_of(operation).filled):
        return True
    sources = [
        each for each in operation.signature.params if each.source._param_source() == "query"
    ]
    return any(_forbids(cls) for each in sources for cls in members(each.annotation))


def _forbids(cls: Any) -> bool:
    is_model = isinstance(cls, type) and issubclass(cls, BaseModel)
    return is_model and cls.model_config.get("extra") == "forbid"


def _declared_names(operation: Operation) -> frozenset[str]:
    names = {
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    }
    keys = {each.param_name for each in operation.auth_callbacks if isinstance(each, APIKeyQuery)}
    return frozenset(names | keys)


def _finding(name: str, known: frozenset[str]) -> dict[str, Any]:
    possible = ", ".join(sorted(known)) or "none"
    return {
        "type": "extra_forbidden",
        "loc": ("query", name),
        "msg": f"There is no such parameter. Possible: {possible}.",
    }
