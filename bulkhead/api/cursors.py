"""Cursors as clients see them: each works for one query, and for who was given it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, Signer
from pydantic_core import to_json, to_jsonable_python

from bulkhead.api.authentication import user_of
from bulkhead.api.facts import is_plain
from bulkhead.repositories import BadCursorError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.http import HttpRequest

    from bulkhead.api.parameters import Call

FREE = frozenset({"after", "count", "order_by", "size"})
"""What may change from page to page; of these the order is looked at on its own."""


class ForeignCursorError(BadCursorError):
    """A cursor was given to somebody else, or for another query, or was changed."""

    def __init__(self) -> None:
        super().__init__(
            "The cursor in `after` is not one that was answered to you for this list with these "
            "filters and this order. Ask for the first page, without `after`, and follow its "
            "`next_cursor`, with everything but `size` and `count` as it was."
        )


def sealed(cursor: str, call: Call, order_by: str) -> str:
    """Return the cursor, signed for this query and this user."""
    return _signer(call, order_by).sign(cursor)


def unsealed(cursor: str, call: Call, order_by: str) -> str:
    """Return what was sealed, or raise ForeignCursorError."""
    try:
        return _signer(call, order_by).unsign(cursor)
    except BadSignature as error:
        raise ForeignCursorError from error


def _signer(call: Call, order_by: str) -> Signer:
    request = call.request
    filters = sorted((name, request.GET.getlist(name)) for name in request.GET if name not in FREE)
    methods = sorted(call.operation.methods)
    bound = [
        methods,
        request.path,
        filters,
        _declared(call, "header", request.headers),
        _declared(call, "cookie", request.COOKIES),
        _body(request),
        order_by,
        _caller(call),
    ]
    return Signer(salt=f"bulkhead.api.cursors:{to_json(bound).decode()}")


def _declared(call: Call, source: str, values: Mapping[str, str]) -> list[tuple[str, str | None]]:
    """Return what the endpoint reads of the headers, or of the cookies."""
    return sorted(
        (name, values.get(name))
        for model in call.operation.models
        if model.__ninja_param_source__ == source
        for name in model.__ninja_flatten_map__
    )


def _body(request: HttpRequest) -> str:
    """Return the body of a list that is asked for by POST."""
    if request.method in {"GET", "HEAD"}:
        return ""
    return request.POST.urlencode() or request.body.hex()


def _caller(call: Call) -> object:
    """Return who asks, None where everybody may."""
    if not call.operation.auth_callbacks:
        return None
    user: Any = user_of(call.request)
    found: Any = getattr(call.request, "auth", None) if user.pk is None else user
    key = getattr(found, "pk", None)
    if key is not None:
        return [type(found).__qualname__, str(key)]
    return to_jsonable_python(found) if is_plain(found) else None
