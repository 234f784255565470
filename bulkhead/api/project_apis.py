"""The APIs that the project's URLs mount."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.urls import URLPattern, URLResolver, get_resolver

from bulkhead.api.apis import ApiPatterns, ComponentAPI

_CONVERTED = re.compile(r"<(?:[^>:]+:)?([^>]+)>")


class MountedApi:
    """An API, and the address that the URLs give it."""

    def __init__(self, api: ComponentAPI, route: str) -> None:
        self.api = api
        self.address = _CONVERTED.sub(r"{\1}", f"/{route}")

    @property
    def described(self) -> str:
        """Its namespace and address, for a message."""
        return f"{self.api.urls_namespace} at {self.address}"


def mounted_apis() -> Iterator[MountedApi]:
    """Return every API below the root of the URLs, at any depth."""
    yield from _mounted(get_resolver().url_patterns, "")


def _mounted(patterns: Iterable[URLPattern | URLResolver], route: str) -> Iterator[MountedApi]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            below = f"{route}{pattern.pattern}"
            if isinstance(pattern.urlconf_module, ApiPatterns):
                yield MountedApi(pattern.urlconf_module.api, below)
            else:
                yield from _mounted(pattern.url_patterns, below)
