"""Entity tags: which state of which aggregate an answer shows."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from urllib.parse import quote, unquote

from bulkhead.components import component_of_module
from bulkhead.repositories import installed_repositories
from bulkhead.repositories.planning import shape_of

_TAG = r'(?:W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_TAGS = re.compile(rf"[\s,]*{_TAG}(?:\s*,[\s,]*{_TAG})*[\s,]*")
_STATE = re.compile(r'"([\w.]+):([^:"]+):(\d{1,18})(?::\w+)?"')


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One version of one aggregate."""

    type: str
    """The component's label and the class's name: `invoicing.Invoice`."""

    key: str
    version: int

    def tag(self, content: bytes | None = None) -> str:
        """Return the entity tag, with a digest of the content where that may differ too."""
        parts = [self.type, quote(self.key, safe=""), str(self.version)]
        if content is not None:
            parts.append(sha256(content).hexdigest()[:16])
        return f'"{":".join(parts)}"'


def state_of(value: object) -> State | None:
    """Return which state an aggregate is in, or None for what is none or has no version."""
    cls: type = type(value)
    read = _reader(cls)
    return None if read is None else read(value)


def has_states(cls: type) -> bool:
    """Return whether this is a registered aggregate with a version."""
    return _reader(cls) is not None


def type_of(cls: type) -> str:
    """Return what tags call a class."""
    component = component_of_module(cls.__module__)
    return cls.__name__ if component is None else f"{component.label}.{cls.__name__}"


def states_in(header: str) -> list[State] | None:
    """Return the states that the tags of a header name, or None for what is no list of tags.

    Weak tags count: they tell apart states, which is what is compared, and not bytes.
    """
    if not _TAGS.fullmatch(header):
        return None
    return [
        State(type=type_, key=unquote(key), version=int(version))
        for type_, key, version in _STATE.findall(header)
    ]


def is_among(tag: str, header: str) -> bool:
    """Return whether a header of `If-None-Match` names this tag."""
    return header.strip() == "*" or tag in re.findall(_TAG.removeprefix("(?:W/)?"), header)


@cache
def _reader(cls: type) -> Callable[[object], State | None] | None:
    repository = next(
        (each for each in installed_repositories() if each.aggregate_class is cls), None
    )
    shape = None if repository is None else shape_of(repository, cls)
    if shape is None or shape.version is None:
        return None

    def read(aggregate: object) -> State | None:
        key, version = shape.key_of(aggregate), shape.version_of(aggregate)
        if key is None or version is None:
            return None
        return State(type=type_of(cls), key=str(key), version=version)

    return read
