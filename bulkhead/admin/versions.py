"""The version that a page of the admin showed, signed, and sent back with what was done there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from django.core.signing import BadSignature, Signer
from django.utils.translation import gettext as _

from bulkhead.admin.naming import repository_behind
from bulkhead.errors import BulkheadError
from bulkhead.repositories.planning import shape_of

if TYPE_CHECKING:
    from django.db.models import Model

FIELD = "_version"
"""What a form, and the address of a page that asks whether to delete, call it."""


class UnseenVersionError(BulkheadError):
    """A page did not say which version of a row it showed, or not in our words."""

    def __init__(self, row: Model) -> None:
        name = row._meta.verbose_name
        super().__init__(
            _(
                "This page does not tell which version of the %(name)s it has shown to you. "
                "Load the page again, then repeat what you did."
            )
            % {"name": name}
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A version, and when a page was made that showed it."""

    version: int
    at: datetime


def version_of(row: Model) -> int | None:
    """Return the version of a row, None where its aggregate has none."""
    repository = repository_behind(type(row))
    if repository is None or repository.row_class is not row._meta.concrete_model:
        return None
    version = shape_of(repository, repository.aggregate_class).version
    return None if version is None else getattr(row, version.column)


def signed_version(row: Model, user: Any) -> str | None:
    """Return the version of a row for one user to send back, None where it has none."""
    version = version_of(row)
    if version is None:
        return None
    return _signer(row, user).sign(f"{version}.{datetime.now(UTC).timestamp():.3f}")


def seen_version(signed: str | None, row: Model, user: Any) -> Seen | None:
    """Return which version the page showed, None where the row has none.

    Raise UnseenVersionError for what was signed for another row or user, or not by us.
    """
    if version_of(row) is None:
        return None
    try:
        version, _, at = _signer(row, user).unsign(signed or "").partition(".")
    except BadSignature:
        raise UnseenVersionError(row) from None
    return Seen(version=int(version), at=datetime.fromtimestamp(float(at), UTC))


def _signer(row: Model, user: Any) -> Signer:
    model = row._meta.concrete_model or type(row)
    return Signer(salt=f"bulkhead.admin.version:{model._meta.label_lower}:{row.pk}:{user.pk}")
