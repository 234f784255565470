"""What the parts of one request have to know of each other: a form read once, an action run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bulkhead.admin.refusals import Refusal
    from bulkhead.admin.versions import Seen

_NAME = "_bulkhead_pass"
_ACTING = "_bulkhead_acting"


@dataclass(slots=True, kw_only=True)
class FormPass:
    """What was found so far; a form that is refused is read a second time, with the refusal."""

    refusal: Refusal | None = None
    children: set[str] = field(default_factory=set)
    """The fields of the aggregate that inlines of this page edit."""
    seen: Seen | None = None
    in_conflict: bool = False
    stored: Any = None
    """The aggregate as it is stored, once somebody has asked for it."""
    is_saved: bool = False
    """Whether the view calls the service in the end; another view with our forms does not."""


def begin_pass(request: HttpRequest, *, refusal: Refusal | None = None) -> FormPass:
    """Return a new one, which the request holds from now on."""
    return _hold(request, FormPass(refusal=refusal, is_saved=True))


def current_pass(request: HttpRequest) -> FormPass:
    """Return the one that the request holds."""
    found: FormPass | None = getattr(request, _NAME, None)
    return _hold(request, FormPass()) if found is None else found


@contextmanager
def acting(request: HttpRequest) -> Iterator[None]:
    """Let who asks meanwhile know that an action calls a service, and no form is meant."""
    setattr(request, _ACTING, True)
    try:
        yield
    finally:
        setattr(request, _ACTING, False)


def is_acting(request: HttpRequest) -> bool:
    """Tell whether an action asks."""
    return getattr(request, _ACTING, False)


def _hold(request: HttpRequest, made: FormPass) -> FormPass:
    setattr(request, _NAME, made)
    return made
