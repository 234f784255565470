"""All endpoints of the reference project, from its document, and requests to them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.test import Client

from project.api import api
from tests.api.ways import Way

SAFE = {"get", "head"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """One operation of the document."""

    id: str
    method: str
    path: str
    details: dict[str, Any]

    @property
    def is_safe(self) -> bool:
        """Whether it changes nothing."""
        return self.method in SAFE

    def takes(self, name: str) -> bool:
        """Return whether it has a parameter of this name: of its path, its query, its headers."""
        return any(each["name"] == name for each in self.details["parameters"])

    def parameter(self, name: str) -> dict[str, Any]:
        """Return what the document says of a parameter."""
        found: dict[str, Any] = next(
            each for each in self.details["parameters"] if each["name"] == name
        )
        return found

    def __str__(self) -> str:
        """Return the name of its operation, for the names of tests."""
        return self.id


def document() -> dict[str, Any]:
    """Return the document as a client gets it."""
    found: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(path_prefix="/api/")))
    return found


def endpoints() -> list[Endpoint]:
    """Return all endpoints."""
    return list(_endpoints())


def send(client: Client, endpoint: Endpoint, way: Way, **headers: str) -> Any:
    """Send the request; the state is that of the way unless a header says another."""
    if way.tag is not None and endpoint.takes("If-Match"):
        headers = {"If-Match": way.tag, **headers}
    body = "" if way.body is None else json.dumps(way.body)
    return client.generic(
        endpoint.method.upper(),
        endpoint.path.format(**way.path),
        body,
        content_type="application/json",
        headers=headers,
    )


def _endpoints() -> Iterator[Endpoint]:
    for path, methods in document()["paths"].items():
        for method, details in methods.items():
            yield Endpoint(id=details["operationId"], method=method, path=path, details=details)
