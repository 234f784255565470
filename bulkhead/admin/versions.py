"""The version that a page of the admin showed, sent back with what was chosen on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import FieldDoesNotExist
from django.utils.html import format_html

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


def version_input(row: Model) -> SafeString | str:
    """Return a hidden input that holds the row's version; nothing where it has none."""
    version = _version_of(row)
    if version is None:
        return ""
    return format_html('<input type="hidden" name="{}" value="{}">', _name(row), version)


def version_seen(request: HttpRequest, row: Model) -> int | None:
    """Return the version that the page showed; None where it did not show this row."""
    sent = request.POST.get(_name(row), "")
    return int(sent) if sent.isascii() and sent.isdigit() else None


def _name(row: Model) -> str:
    return f"_version_{row.pk}"


def _version_of(row: Model) -> int | None:
    try:
        row._meta.get_field("version")
    except FieldDoesNotExist:
        return None
    version: int | None = getattr(row, "version", None)
    return version
