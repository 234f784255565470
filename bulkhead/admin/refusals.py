"""What an admin user is told where a service refuses, and where on the page."""

from __future__ import annotations

import logging
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import IntegrityError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulkhead.admin.versions import UnseenVersionError
from bulkhead.domain_classes import owner_of_domain_class
from bulkhead.errors import BulkheadError, StaleAggregateError
from bulkhead.repositories import AggregateNotFoundError

if TYPE_CHECKING:
    from django.db.models import Model

ErrorFields = Mapping[type[Exception], str | None]
"""For errors of the domain, the field that each is told beside; None means at the top."""

_log = logging.getLogger(__name__)
_UNFORESEEN = gettext_lazy(
    "It can't be stored like this beside what is stored already: something that may stand there "
    "once would stand twice, or something it needs is missing. Look for what is the same; to "
    "exchange two values, save in two steps."
)
_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


class NotPermittedError(BulkheadError):
    """A user may change other rows of a list, but not this one."""

    def __init__(self, row: Model) -> None:
        super().__init__(
            _(
                "You have no permission to change this %(name)s. "
                "Ask who gives permissions, or leave it out."
            )
            % {"name": row._meta.verbose_name}
        )


class FinalError(BulkheadError):
    """A form would rebuild an aggregate of which nothing can be changed any more."""

    def __init__(self, row: Model) -> None:
        super().__init__(
            _(
                "This %(name)s is final, so nothing is saved. "
                "Load the page again: it shows what can still be done."
            )
            % {"name": row._meta.verbose_name}
        )


class RefusedError(Exception):
    """Carries a refusal out of the transaction that it ends."""

    def __init__(self, error: Exception, told: str) -> None:
        super().__init__(told)
        self.error = error
        self.told = told


_SAID_AS_THEY_ARE = (AggregateNotFoundError, UnseenVersionError, NotPermittedError, FinalError)


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """What a page tells, beside a field of the aggregate or at its top."""

    told: str
    field: str | None


@contextmanager
def refusing() -> Iterator[None]:
    """Raise RefusedError for what is a refusal, and leave every bug as it is."""
    try:
        yield
    except RefusedError:
        raise
    except Exception as error:
        told = refusal_of(error)
        if told is None:
            raise
        if isinstance(error, IntegrityError):
            _log.warning("The database refused what a service would store.", exc_info=error)
        raise RefusedError(error, told) from error


def refusal_of(error: Exception) -> str | None:
    """Return what a refusal says, or None where the error is a bug of ours.

    A refusal is a domain error (an exception class defined in a component's `domain`), an
    aggregate that is missing, one that somebody else has changed, one whose version the page
    can't have shown, one that this user may not change or nobody any more, or a constraint of the
    database that no rule has foreseen.
    """
    if isinstance(error, StaleAggregateError):
        return _("Somebody else changed it since this page was loaded. Look at it, then try again.")
    if isinstance(error, _SAID_AS_THEY_ARE):
        return str(error)
    if isinstance(error, IntegrityError):
        return str(_UNFORESEEN)
    rule = next((cls for cls in type(error).__mro__ if owner_of_domain_class(cls)), None)
    return None if rule is None else str(error) or _in_words(rule)


def field_of(error: Exception, fields: Collection[str], declared: ErrorFields) -> str | None:
    """Return the field that an error is about, None where it can't be told.

    What is declared for its class counts; else it is the one public attribute that bears the
    name of a field.
    """
    for cls in type(error).__mro__:
        if cls in declared:
            return declared[cls]
    named = [name for name in fields if name in vars(error)]
    return named[0] if len(named) == 1 else None


def _in_words(rule: type) -> str:
    """Return the name of an error as a sentence: InvoiceNotSubmittedError."""
    return _WORD.sub(" ", rule.__name__.removesuffix("Error")).capitalize() + "."
