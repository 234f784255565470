"""Tells an admin user who changed what is being changed, when, and what."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.admin.utils import display_for_field
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist
from django.utils.formats import localize
from django.utils.timezone import is_aware, localtime, make_naive
from django.utils.translation import gettext as _

from bulkhead.admin.versions import Seen, version_of
from bulkhead.references import ReferenceField, labels_for

if TYPE_CHECKING:
    from django.contrib.admin.models import LogEntry
    from django.db.models import Model
    from django.forms import ModelForm

_MARGIN = timedelta(minutes=1)
"""An entry is written a moment before its change: it may be older than a page without it."""


def conflict_of(row: Model, seen: Seen) -> str:
    """Return what is told of the changes since a page was made that showed another version."""
    name = row._meta.verbose_name
    steps = (version_of(row) or 0) - seen.version
    entries = _entries(row, seen, steps)
    told = "; ".join(map(_told, entries)) or _("outside of this admin")
    return _(
        "This %(name)s was changed while you worked on it: %(changes)s. "
        "What you typed is kept, and nothing is saved yet. Where it differs from what is stored "
        "now, a note says so. Saving again stores what you see here."
    ) % {"name": name, "changes": told}


def note_differences(form: ModelForm[Any], fields: list[str]) -> None:
    """Say beside each field of a form that differs from its row what is stored now."""
    for name in fields:
        if name in form.fields:
            form.add_error(name, _("Stored now: %(value)s") % {"value": _shown(form, name)})


def missing_parts(rows: list[Model], *, stay: bool) -> list[str]:
    """Return what is told of rows that were added since, which the form does not hold."""
    told = (
        _("“%(part)s” was added since; it is not in this form, and it stays when you save again.")
        if stay
        else _("“%(part)s” was added since; it is not in this form, and saving again removes it.")
    )
    return [told % {"part": row} for row in rows]


def _entries(row: Model, seen: Seen, steps: int) -> list[LogEntry]:
    """Return the newest entries since the page was made, one for each step at most."""
    from django.contrib.admin.models import LogEntry  # noqa: PLC0415 - needs the app

    if steps < 1:
        return []
    kind = ContentType.objects.get_for_model(type(row), for_concrete_model=False)
    since = seen.at - _MARGIN
    if not settings.USE_TZ:
        since = make_naive(since)
    entries = LogEntry.objects.filter(
        content_type=kind, object_id=str(row.pk), action_time__gte=since
    )
    return list(reversed(entries.select_related("user").order_by("-action_time", "-pk")[:steps]))


def _told(entry: LogEntry) -> str:
    written = localtime(entry.action_time) if is_aware(entry.action_time) else entry.action_time
    at = localize(written.time().replace(microsecond=0))
    what = entry.get_change_message().rstrip(".") or _("Changed")
    return _("%(user)s at %(time)s (%(changes)s)") % {
        "user": entry.user.get_username(),
        "time": at,
        "changes": what,
    }


def _shown(form: ModelForm[Any], name: str) -> str:
    value = form.initial.get(name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, Decimal):
        return str(localize(value))
    try:
        field = form._meta.model._meta.get_field(name)
    except FieldDoesNotExist:
        return str(value)
    if isinstance(field, ReferenceField) and value is not None:
        return labels_for(field.reference, [value])[str(value)].text
    return str(display_for_field(value, field, _("nothing")))
