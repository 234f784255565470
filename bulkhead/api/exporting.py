"""The OpenAPI document of a project as a file: the same text from every run."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.module_loading import import_string
from django.utils.translation import override
from ninja.responses import NinjaJSONEncoder

from bulkhead.api.apis import ApiPatterns, ComponentAPI
from bulkhead.errors import BulkheadError

_CONVERTED = re.compile(r"<(?:[^>:]+:)?([^>]+)>")


class NoSuchApiError(BulkheadError):
    """The URLs mount no API, or none of this name."""

    def __init__(self, name: str | None, *, mounted: Iterable[MountedApi]) -> None:
        choices = "; ".join(each.described for each in mounted)
        possible = f"Mounted: {choices}." if choices else "No API is mounted."
        wanted = "An API" if name is None else f"The API {name!r}"
        correct = "To have one," if name is None else "Correct the name, or"
        super().__init__(
            f"{wanted} is not mounted in the URLs of {settings.ROOT_URLCONF}. {possible} "
            f'{correct} mount it by path("api/", api.urls), with api = component_api(...).'
        )
        self.name = name


class SeveralApisError(BulkheadError):
    """The URLs mount several APIs, and none was chosen."""

    def __init__(self, mounted: Iterable[MountedApi]) -> None:
        super().__init__(
            f"Several APIs are mounted in the URLs of {settings.ROOT_URLCONF}: "
            f"{'; '.join(each.described for each in mounted)}. "
            f"Say which by its namespace or where it is defined: --api project.api.api."
        )


class MountedApi:
    """An API, and the address that the URLs give it."""

    def __init__(self, api: ComponentAPI, route: str) -> None:
        self.api = api
        self.address = _CONVERTED.sub(r"{\1}", f"/{route}")

    @property
    def described(self) -> str:
        """Its namespace and address, for a message."""
        return f"{self.api.urls_namespace} at {self.address}"

    def text(self) -> str:
        """Return the document as JSON: sorted, in no language, with a newline at its end."""
        with override(None):
            document = self.api.get_openapi_schema(path_prefix=self.address)
            content = json.loads(json.dumps(document, cls=NinjaJSONEncoder))
        return json.dumps(_ordered(content), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def find_api(name: str | None) -> MountedApi:
    """Return the mounted API of this namespace, or that a dotted path leads to, or the only one.

    Raise NoSuchApiError or SeveralApisError.
    """
    mounted = list(_mounted(get_resolver().url_patterns, ""))
    if name is None:
        fitting = mounted
    else:
        wanted = _imported(name)
        fitting = [
            each for each in mounted if wanted is each.api or name == each.api.urls_namespace
        ]
    if not fitting:
        raise NoSuchApiError(name, mounted=mounted)
    if len({id(each.api) for each in fitting}) > 1:
        raise SeveralApisError(mounted)
    return fitting[0]


def write_whole(file: Path, text: str) -> None:
    """Write a file whole or not at all; what a link leads to is replaced, and not the link."""
    place = file.resolve()
    beside = place.with_name(f".{place.name}.{uuid4().hex}")
    try:
        with beside.open("x", encoding="utf-8", newline="\n") as written:
            written.write(text)
        if place.exists():
            shutil.copymode(place, beside)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _imported(name: str) -> object:
    try:
        return import_string(name) if "." in name else None
    except ImportError:
        return None


def _mounted(patterns: Iterable[URLPattern | URLResolver], route: str) -> Iterator[MountedApi]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            below = f"{route}{pattern.pattern}"
            if isinstance(pattern.urlconf_module, ApiPatterns):
                yield MountedApi(pattern.urlconf_module.api, below)
            else:
                yield from _mounted(pattern.url_patterns, below)


def _ordered(node: Any) -> Any:
    """Return the same with each list of required fields in order, where no order is meant."""
    if isinstance(node, list):
        return [_ordered(each) for each in node]
    if not isinstance(node, dict):
        return node
    ordered = {name: _ordered(value) for name, value in node.items()}
    if isinstance(ordered.get("required"), list):
        ordered["required"] = sorted(ordered["required"])
    return ordered
