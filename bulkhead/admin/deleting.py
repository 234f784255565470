"""Deletes aggregates that were selected in a list, one by one, through their service."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.contrib.admin.actions import delete_selected
from django.contrib.admin.utils import model_format_dict
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from bulkhead.admin.actions import version_to_act_on
from bulkhead.admin.listed_versions import listed_version, versions_input
from bulkhead.admin.outcomes import Outcome
from bulkhead.admin.versions import version_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model, QuerySet
    from django.http import HttpRequest
    from django.template.response import TemplateResponse
    from django.utils.safestring import SafeString

    from bulkhead.admin.aggregates import AggregateAdmin

_ANSWER = re.compile(rb"""<input\b(?=[^>]*\sname=["']?post["'\s/>])[^>]*>""")
"""The input by which Django's page, and those of themes, say yes."""


class DeleteAggregates:
    """Stands where Django's `delete_selected` would; asks first, as that does."""

    __name__ = "delete_selected"
    short_description = delete_selected.short_description  # type: ignore[attr-defined]
    allowed_permissions = ("delete",)

    def __call__(
        self, model_admin: AggregateAdmin, request: HttpRequest, queryset: QuerySet[Any]
    ) -> TemplateResponse | None:
        """Delete what was confirmed, or ask."""
        rows = list(queryset)
        _deleted, _counts, missing, protected = model_admin.get_deleted_objects(rows, request)
        if not request.POST.get("post") or protected:
            return _asked(model_admin, request, queryset)
        if missing:
            raise PermissionDenied
        _delete(model_admin, request, rows)
        return None


def _delete(model_admin: AggregateAdmin, request: HttpRequest, rows: Sequence[Model]) -> None:
    label = _("Delete %(verbose_name_plural)s") % model_format_dict(model_admin.opts)
    with Outcome(model_admin, request, label=label) as outcome:
        for row in rows:
            with outcome.of(row):
                model_admin.delete_through_service(request, row, version_to_act_on(request, row))


def _asked(
    model_admin: AggregateAdmin, request: HttpRequest, queryset: QuerySet[Any]
) -> TemplateResponse | None:
    """Return the page that asks, Django's or a theme's, which sends back the versions."""
    answer: TemplateResponse | None = _without_answer(model_admin, request, queryset)
    if answer is not None:
        versions = _versions(request, queryset).encode()
        answer.add_post_render_callback(lambda page: _add_after_answer(page, versions))
    return answer


def _add_after_answer(page: TemplateResponse, versions: bytes) -> None:
    """Write the versions into the form that answers yes, whatever template it is from."""
    page.content = _ANSWER.sub(lambda found: found[0] + versions, page.content, count=1)


def _without_answer(
    model_admin: AggregateAdmin, request: HttpRequest, queryset: QuerySet[Any]
) -> Any:
    """Let Django ask, whatever was posted: it must not delete by itself."""
    sent = request.POST
    asking = sent.copy()
    asking.pop("post", None)
    request.POST = asking  # type: ignore[assignment]
    try:
        return delete_selected(model_admin, request, queryset)
    finally:
        request.POST = sent


def _versions(request: HttpRequest, rows: QuerySet[Any]) -> SafeString | str:
    """Return an input of the versions: as the list has sent them, else as this page shows them."""
    shown = {row: version_of(row) for row in rows}
    sent = {row: listed_version(request, row) for row in shown}
    return versions_input(
        {row: now if sent[row] is None else sent[row] for row, now in shown.items()}, request.user
    )
