"""The versions of all rows of a list, signed and sent back in one input.

An input for each row would be more than a form may have (`DATA_UPLOAD_MAX_NUMBER_FIELDS`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, dumps, loads
from django.utils.html import format_html

from bulkhead.admin.versions import version_of

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

LISTED = "_versions"
"""What a list, and the page that asks whether to delete, call them."""
_READ = "_bulkhead_versions"


class ListedVersions:
    """The input of one page, which goes beside the first of its rows that can be chosen."""

    def __init__(self, rows: Iterable[Model], user: Any) -> None:
        self._rows = rows
        self._user = user
        self._is_written = False

    def input_once(self) -> SafeString | str:
        """Return it when it is asked for the first time."""
        if self._is_written:
            return ""
        self._is_written = True
        return versions_input({row: version_of(row) for row in self._rows}, self._user)


def versions_input(versions: Mapping[Model, int | None], user: Any) -> SafeString | str:
    """Return a hidden input for the versions of these rows; nothing where they have none."""
    found = {str(row.pk): version for row, version in versions.items() if version is not None}
    if not found:
        return ""
    signed = dumps(found, salt=_salt(next(iter(versions)), user), compress=True)
    return format_html('<input type="hidden" name="{}" value="{}">', LISTED, signed)


def listed_version(request: HttpRequest, row: Model) -> int | None:
    """Return the version at which the page showed a row, None where the page does not say.

    What was signed for another list or another user, or not by us, says nothing.
    """
    read: dict[str, dict[str, int]] = vars(request).setdefault(_READ, {})
    salt = _salt(row, request.user)
    if salt not in read:
        read[salt] = _read(request.POST.get(LISTED, ""), salt)
    return read[salt].get(str(row.pk))


def _read(signed: str, salt: str) -> dict[str, int]:
    try:
        versions: dict[str, int] = loads(signed, salt=salt)
    except BadSignature:
        return {}
    return versions


def _salt(row: Model, user: Any) -> str:
    model = row._meta.concrete_model or type(row)
    return f"bulkhead.admin.versions:{model._meta.label_lower}:{user.pk}"
