"""What an admin user is told where a service refuses."""

from __future__ import annotations

import re

from bulkhead.domain_classes import owner_of_domain_class
from bulkhead.errors import StaleAggregateError
from bulkhead.repositories import AggregateNotFoundError

_WORD = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def refusal_of(error: Exception) -> str | None:
    """Return what a refusal says, or None where the error is a bug of ours.

    A refusal is a domain error (an exception class defined in a component's `domain`), an
    aggregate that is missing, or one that somebody else has changed.
    """
    if isinstance(error, StaleAggregateError):
        return "Somebody else changed it since this page was loaded. Look at it, then try again."
    if isinstance(error, AggregateNotFoundError):
        return str(error)
    rule = next((cls for cls in type(error).__mro__ if owner_of_domain_class(cls)), None)
    return None if rule is None else str(error) or _in_words(rule)


def _in_words(rule: type) -> str:
    """Return the name of an error as a sentence: InvoiceNotSubmittedError."""
    return _WORD.sub(" ", rule.__name__.removesuffix("Error")).capitalize() + "."
