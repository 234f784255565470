"""The OpenAPI document of a project as a file: the same text from every run."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import override
from ninja.responses import NinjaJSONEncoder

from bulkhead.api.operation_ids import shared_operation_ids
from bulkhead.api.project_apis import MountedApi, mounted_apis
from bulkhead.errors import BulkheadError


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


class NoFolderError(BulkheadError):
    """A file was to be written where none can be."""

    def __init__(self, file: Path) -> None:
        super().__init__(
            f"{file.as_posix()} can't be written: it is a folder, or there is none to hold it. "
            f"Make the folder, or name another file."
        )
        self.file = file


def document_text(mounted: MountedApi) -> str:
    """Return the document as JSON: sorted, in no language, with a newline at its end.

    Raise SharedOperationIdError where two operations have one id.
    """
    for error in shared_operation_ids(mounted.api.mounted_endpoints()):
        raise error
    with override(None):
        document = mounted.api.get_openapi_schema(path_prefix=mounted.address)
        content = json.loads(json.dumps(document, cls=NinjaJSONEncoder))
    return json.dumps(_ordered(content), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def find_api(name: str | None) -> MountedApi:
    """Return the mounted API of this namespace, or that a dotted path leads to, or the only one.

    Raise NoSuchApiError or SeveralApisError.
    """
    mounted = list(mounted_apis())
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
    """Write a file whole or not at all; what a link leads to is replaced, and not the link.

    Raise NoFolderError where there is no folder for it.
    """
    place = file.resolve()
    if not place.parent.is_dir() or place.is_dir():
        raise NoFolderError(file)
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
