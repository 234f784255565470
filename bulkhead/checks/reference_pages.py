"""Checks of references on the pages of the admin: W082 and W083."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import CheckMessage
from django.core.checks import Warning as CheckWarning

from bulkhead.checks.subjects import check
from bulkhead.references import ReferenceField, UnknownReferenceError, reference_fields, target_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin


@check
def check_reference_pages(**_kwargs: Any) -> list[CheckMessage]:
    """Report references that the admin shows as bare ids, or can't search for."""
    if not apps.is_installed("django.contrib.admin"):
        return []
    from django.contrib.admin.sites import all_sites  # noqa: PLC0415 - needs the app

    pages = [page for site in all_sites for page in site._registry.values()]
    return [message for page in pages for message in (*_bare_ids(page), *_unsearchable(page))]


def _bare_ids(page: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    """Yield a warning for a page or a part of one that does not know references."""
    from bulkhead.admin import ReferenceAdmin, ReferenceInline  # noqa: PLC0415 - needs the app

    inlines = [one for one in page.inlines if reference_fields(one.model)]
    if not isinstance(page, ReferenceAdmin) and (reference_fields(page.model) or inlines):
        held = reference_fields(page.model) or reference_fields(inlines[0].model)
        yield _bare(type(page), held[0], "ReferenceAdmin")
    for inline in inlines:
        if not issubclass(inline, ReferenceInline):
            yield _bare(inline, reference_fields(inline.model)[0], "ReferenceInline")


def _bare(cls: type, field: ReferenceField[Any, Any], mixin: str) -> CheckMessage:
    return CheckWarning(
        f"{_dotted(cls)} shows {field.name} as a bare id, and asks a user to type one.",
        hint=f"Let it inherit from bulkhead.admin.{mixin}, before Django's own class: "
        f"class {cls.__name__}({mixin}, ...).",
        id="bulkhead.W082",
    )


def _unsearchable(page: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    """Yield a warning for each reference that a form can't search for."""
    from bulkhead.admin.reference_searches import can_search  # noqa: PLC0415 - needs the app

    for model in (page.model, *(inline.model for inline in page.inlines)):
        for field in reference_fields(model):
            try:
                target = target_of(field.reference)
            except UnknownReferenceError:  # bulkhead.E025
                continue
            if not can_search(target, page.admin_site):
                yield CheckWarning(
                    f"{_dotted(type(page))} can't search for {field.name}: no admin of "
                    f"{field.reference} on the site {page.admin_site.name!r} has search_fields.",
                    hint=f"Register {field.reference} there, with search_fields.",
                    id="bulkhead.W083",
                )


def _dotted(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"
