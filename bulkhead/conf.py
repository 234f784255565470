"""The BULKHEAD setting and its defaults."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from bulkhead.errors import listed

DEFAULT_EDGES = (
    "api",
    "admin",
    "views",
    "forms",
    "urls",
    "tasks",
    "signals",
    "management",
    "templatetags",
    "middleware",
    "context_processors",
    "sitemaps",
    "feeds",
    "checks",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class BulkheadSettings:
    """What a project may set in `BULKHEAD`, by the same names."""

    EDGES: tuple[str, ...] = DEFAULT_EDGES
    """The modules of a component that face the outside world."""

    SHARED_KERNEL: str | None = None
    """The package of value types that every domain may import.

    None means the package `shared_kernel` beside each component, where there is one.
    """

    DOMAIN_LIBRARIES: tuple[str, ...] = ()
    """Third-party packages that a domain may import, such as `attrs` or `pydantic`."""

    EXCLUDE: tuple[str, ...] = ()
    """Packages below the project's folder that are not read, such as templates of code."""

    COMPONENTS: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The packages of each component, by its label, where apps stay as they are."""

    LEDGER: str | Path = "crossings"
    """The folder of the ledger, relative to where the command runs."""


def bulkhead_settings() -> BulkheadSettings:
    """Return the project's settings, or raise ImproperlyConfigured for what can't be meant."""
    return read_settings(getattr(settings, "BULKHEAD", {}))


def read_settings(given: object) -> BulkheadSettings:
    """Return what the value of BULKHEAD says; raise ImproperlyConfigured for what can't be meant.

    A list is as good as a tuple: a value can come out of a file.
    """
    if not isinstance(given, Mapping):
        msg = (
            f"BULKHEAD is {given!r}. It takes a dict of settings by name. "
            f"Write it as {{}}, or leave it out, to keep all defaults."
        )
        raise ImproperlyConfigured(msg)
    known = {one.name for one in fields(BulkheadSettings)}
    if unknown := set(given) - known:
        msg = (
            f"BULKHEAD has no setting {listed(unknown)}. "
            f"Its settings are: {listed(known)}. Correct or drop the name."
        )
        raise ImproperlyConfigured(msg)
    for name in ("EDGES", "DOMAIN_LIBRARIES", "EXCLUDE"):
        _require_names(name, given.get(name, ()))
    for name in ("SHARED_KERNEL", "LEDGER"):
        _require_name(name, given.get(name))
    _require_components(given.get("COMPONENTS", {}))
    return BulkheadSettings(**{name: _frozen(value) for name, value in given.items()})


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _frozen(item) for key, item in value.items()}
    return tuple(value) if isinstance(value, list) else value


def _require_components(value: object) -> None:
    """Refuse what does not name the packages of each component."""
    if not isinstance(value, Mapping) or not all(isinstance(label, str) for label in value):
        msg = (
            f'BULKHEAD["COMPONENTS"] is {value!r}. It takes the packages of each component, by '
            f'its label. Write it as {{"billing": ["shop.invoices", "shop.payments"]}}.'
        )
        raise ImproperlyConfigured(msg)
    for label, packages in value.items():
        _require_names("COMPONENTS", packages, of=label)


def _require_names(setting: str, value: object, *, of: str = "") -> None:
    """Refuse what is no list of names; a string would be read as its letters."""
    if isinstance(value, (list, tuple)) and all(isinstance(name, str) for name in value):
        return
    part = f'["{of}"]' if of else ""
    msg = (
        f'BULKHEAD["{setting}"]{part} is {value!r}. It takes a tuple of names. '
        f'Write it as ("one", "two"), or as ("one",) for a single name.'
    )
    raise ImproperlyConfigured(msg)


def _require_name(setting: str, value: object) -> None:
    if value is not None and not isinstance(value, (str, Path)):
        msg = f'BULKHEAD["{setting}"] is {value!r}. Write it as a single string.'
        raise ImproperlyConfigured(msg)
