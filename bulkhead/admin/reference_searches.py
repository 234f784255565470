"""Searches rows that others hold ids of: for an autocomplete, and for the search of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.admin.utils import lookup_spawns_duplicates
from django.core.exceptions import FieldDoesNotExist, PermissionDenied
from django.db.models import Q
from django.http import JsonResponse
from django.utils.translation import gettext as _

from bulkhead.references import (
    ModelReferences,
    ReferenceField,
    ReferenceProvider,
    ReferenceTarget,
    target_of,
)

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite, ModelAdmin
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

PAGE_SIZE = 20
"""How many an autocomplete shows at once, as Django's does."""

LAST_PAGE = 50

MOST_IN_A_SEARCH = 500
"""How many rows elsewhere the search of a list follows."""

Found = list[tuple[Any, str]]
Stock = Callable[["HttpRequest", "QuerySet[Any]", str], "tuple[QuerySet[Any], bool]"]


def can_search(target: ReferenceTarget, site: AdminSite) -> bool:
    """Return whether there is a search: a legacy model needs an admin with `search_fields`."""
    if isinstance(target, ReferenceProvider):
        return True
    registered = site._registry.get(target.model)
    return registered is not None and bool(registered.search_fields)


def may_search(target: ReferenceTarget, request: HttpRequest, site: AdminSite) -> bool:
    """Return whether this user may: by the provider's permission, or the one of its admin."""
    if isinstance(target, ReferenceProvider):
        return bool(request.user.has_perms(target.permissions))
    registered = site._registry.get(target.model)
    return registered is not None and registered.has_view_permission(request)


def found_by(
    target: ReferenceTarget, text: str, *, limit: int, request: HttpRequest, site: AdminSite
) -> Found:
    """Return at most so many that fit a text, each with what it is called."""
    if isinstance(target, ReferenceProvider):
        return list(target.search(text=text, limit=limit).items())[:limit]
    return _found_by_admin(target, site.get_model_admin(target.model), text, limit, request)


def _found_by_admin(
    target: ModelReferences, admin: ModelAdmin[Any], text: str, limit: int, request: HttpRequest
) -> Found:
    rows = admin.get_queryset(request)
    rows, duplicates = admin.get_search_results(request, rows, text)
    if duplicates:
        rows = rows.distinct()
    if not rows.query.order_by and not rows.query.default_ordering:
        rows = rows.order_by(target.model._meta.pk.name)
    return [(row.pk, str(row)) for row in rows[:limit]]


def answer(field: ReferenceField[Any, Any], request: HttpRequest, site: AdminSite) -> JsonResponse:
    """Answer Django's script for autocompletes."""
    target = target_of(field.reference)
    if not can_search(target, site) or not may_search(target, request, site):
        raise PermissionDenied
    page = _page(request)
    first, last = PAGE_SIZE * (page - 1), PAGE_SIZE * page
    text = request.GET.get("term", "")
    found = found_by(target, text, limit=last + 1, request=request, site=site)
    return JsonResponse(
        {
            "results": [{"id": str(key), "text": label} for key, label in found[first:last]],
            "pagination": {"more": len(found) > last and page < LAST_PAGE},
        }
    )


def _page(request: HttpRequest) -> int:
    given = request.GET.get("page", "1")
    return next((number for number in range(1, LAST_PAGE + 1) if str(number) == given), 1)


def reference_at(model: type[Model], path: str) -> ReferenceField[Any, Any] | None:
    """Return the reference that a path of names leads to, None where it leads elsewhere."""
    *way, last = path.split("__")
    try:
        for name in way:
            model = model._meta.get_field(name).related_model  # type: ignore[assignment]
        field = model._meta.get_field(last)
    except (FieldDoesNotExist, AttributeError):
        return None
    return field if isinstance(field, ReferenceField) else None


class ListSearch:
    """The search of a list, where some of its `search_fields` are references."""

    def __init__(self, admin: ModelAdmin[Any], request: HttpRequest) -> None:
        self.admin = admin
        self.request = request
        names = list(admin.get_search_fields(request))
        self.paths = [name for name in names if reference_at(admin.model, str(name))]
        self.others = [name for name in names if name not in self.paths]

    def results(
        self, queryset: QuerySet[Any], text: str, *, stock: Stock
    ) -> tuple[QuerySet[Any], bool]:
        """Return what the other fields find, and what holds an id that is found elsewhere."""
        found, duplicates = stock(self.request, queryset, text)
        by_reference = [Q((f"{path}__in", ids)) for path, ids in self._ids(text)]
        if not self.others:
            found = queryset.none()
        if by_reference:
            found = found | queryset.filter(reduce(or_, by_reference))
        opts = self.admin.opts
        spawns = (lookup_spawns_duplicates(opts, str(path)) for path in self.paths)
        return found, duplicates or any(spawns)

    def _ids(self, text: str) -> Iterator[tuple[str, list[Any]]]:
        site = self.admin.admin_site
        for path in self.paths:
            field = reference_at(self.admin.model, path)
            target = target_of(field.reference) if field else None
            if target is None or not can_search(target, site):
                continue
            if may_search(target, self.request, site):
                yield path, self._keys(target, text)

    def _keys(self, target: ReferenceTarget, text: str) -> list[Any]:
        limit = MOST_IN_A_SEARCH + 1
        found = found_by(
            target, text, limit=limit, request=self.request, site=self.admin.admin_site
        )
        if len(found) == limit:
            self.admin.message_user(
                self.request,
                _(
                    "More than %(most)d match “%(text)s” by their %(name)s: the list shows those "
                    "of the first %(most)d. Search for more words."
                )
                % {"most": MOST_IN_A_SEARCH, "text": text, "name": target.noun},
                messages.WARNING,
            )
        return [key for key, _label in found[:MOST_IN_A_SEARCH]]
