"""What ids are called: asked for in one call for all of them."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.core.exceptions import ValidationError
from django.db import InterfaceError, OperationalError
from django.urls import NoReverseMatch, reverse

from bulkhead.references.providers import ReferenceTarget, target_of

logger = logging.getLogger("bulkhead.references")


class State(Enum):
    """Whether an id is that of a row."""

    KNOWN = "known"
    DANGLING = "dangling"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Label:
    """What an id is called."""

    text: str
    state: State
    url_name: str | None
    id: Any

    def url(self, *, site: str = "admin") -> str | None:
        """Return its page, None where it has none; a page of the admin is that of this site."""
        if self.url_name is None:
            return None
        try:
            return reverse(self.url_name, args=[self._in_url()], current_app=site)
        except NoReverseMatch:
            return None

    def _in_url(self) -> Any:
        """Return the id as the URL takes it: the admin escapes what an address can't hold."""
        if not self.url_name or not self.url_name.startswith("admin:"):
            return self.id
        from django.contrib.admin.utils import quote  # noqa: PLC0415 - it is installed, then

        return quote(self.id)


Source = Callable[[], Iterable[tuple[str, Any]]]
"""Returns references and ids that will be asked for."""


class Labels:
    """The labels of one page.

    Who is going to ask says so with `expect`; the first question then asks for all of them.
    """

    def __init__(self) -> None:
        self._labels: dict[str, dict[str, Label]] = defaultdict(dict)
        self._sources: list[Source] = []

    def expect(self, source: Source) -> None:
        """Take what yields more references and ids when it is needed."""
        self._sources.append(source)

    def of(self, reference: str, key: Any) -> Label:
        """Return what an id is called."""
        known = self._labels[reference]
        if str(key) not in known:
            expected = self._expected(reference)
            expected[str(key)] = key
            known |= labels_for(reference, expected.values())
        return known[str(key)]

    def _expected(self, reference: str) -> dict[str, Any]:
        """Return the ids of this reference that are not known; what others want is kept."""
        sources, self._sources = self._sources, []
        wanted = [pair for source in sources for pair in source()]
        others = [pair for pair in wanted if pair[0] != reference]
        if others:
            self._sources.append(lambda: others)
        known = self._labels[reference]
        return {
            str(key): key for name, key in wanted if name == reference and str(key) not in known
        }


def labels_for(reference: str, ids: Iterable[Any]) -> dict[str, Label]:
    """Return what these ids are called, by their `str`, in one call."""
    target = target_of(reference)
    wanted = {str(key): key for key in ids}
    try:
        found = _by_text(target.labels_of(list(wanted.values())))
    except (OperationalError, InterfaceError):
        logger.exception("%s can't be asked what %d ids are called.", reference, len(wanted))
        return {text: _unreachable(target, key) for text, key in wanted.items()}
    return {text: _label(target, key, found.get(text)) for text, key in wanted.items()}


def _by_text(found: Mapping[Any, str]) -> dict[str, str]:
    """Let 7 and "7" be the same id."""
    return {str(key): label for key, label in found.items()}


def _label(target: ReferenceTarget, key: Any, text: str | None) -> Label:
    if text is None:
        return Label(f"unknown {target.noun} {key}", State.DANGLING, None, key)
    return Label(text, State.KNOWN, target.url_name(), key)


def _unreachable(target: ReferenceTarget, key: Any) -> Label:
    return Label(f"{target.noun} {key}", State.UNREACHABLE, target.url_name(), key)


class KnownReference:
    """Lets a field of a form refuse an id that no row has."""

    def __init__(self, reference: str, *, labels: Labels | None) -> None:
        self.reference = reference
        self.labels = labels

    def __call__(self, key: Any) -> None:
        """Ask for its label, together with what else is on the page."""
        labels = Labels() if self.labels is None else self.labels
        state = labels.of(self.reference, key).state
        if state is State.KNOWN:
            return
        noun = target_of(self.reference).noun
        if state is State.DANGLING:
            message = f"No {noun} has the id {key}. Choose one that exists."
        else:
            message = f"It can't be told just now whether the {noun} {key} exists. Try again later."
        raise ValidationError(message, code="unknown_reference")
