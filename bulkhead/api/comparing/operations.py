"""The operations of an OpenAPI document, and their parts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bulkhead.api.comparing.changes import Change
from bulkhead.api.comparing.reading import Document

_METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
_PARAMETER = re.compile(r"{([^}]*)}")


def operations_of(document: Document) -> dict[tuple[str, str], Operation]:
    """Return the operations by method and path, whatever the parts of a path are called."""
    return {
        (_PARAMETER.sub("{}", path), method.upper()): Operation(
            path=path,
            method=method.upper(),
            details=item[method],
            document=document,
            shared=tuple(item.get("parameters", ())),
        )
        for path, item in document.content.get("paths", {}).items()
        for method in _METHODS
        if method in item
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a document, its references followed."""

    path: str
    method: str
    details: Mapping[str, Any]
    document: Document
    shared: tuple[Any, ...]
    """The parameters of the whole path."""

    def change(self, kind: str, where: str = "", *, before: str = "", after: str = "") -> Change:
        """Return a change of this operation."""
        return Change(
            path=self.path, method=self.method, where=where, kind=kind, before=before, after=after
        )

    def parameters(self) -> dict[tuple[str, str], Mapping[str, Any]]:
        """Return the parameters by place and name; those of the path are told apart by it."""
        found = map(self.document.followed, (*self.shared, *self.details.get("parameters", ())))
        return {
            (each["in"], each["name"].lower() if each["in"] == "header" else each["name"]): each
            for each in found
            if each["in"] != "path"
        }

    def path_parameters(self) -> list[Mapping[str, Any]]:
        """Return what is taken from the path, in the order of the path."""
        found = map(self.document.followed, (*self.shared, *self.details.get("parameters", ())))
        named = {each["name"]: each for each in found if each["in"] == "path"}
        return [named.get(name, {"name": name}) for name in _PARAMETER.findall(self.path)]

    def body(self) -> Mapping[str, Any]:
        """Return the body that is taken; empty where none is."""
        return self.document.followed(self.details.get("requestBody", {}))

    def responses(self) -> dict[str, Mapping[str, Any]]:
        """Return what is answered, by status."""
        found = self.details.get("responses", {})
        return {str(status): self.document.followed(told) for status, told in found.items()}

    def ways_in(self) -> list[frozenset[str]]:
        """Return the ways to authenticate, each as all that it takes; an empty one is none."""
        content = self.document.content
        ways = self.details.get("security", content.get("security", ())) or [{}]
        return [frozenset(self._secret(name) for name in way) for way in ways]

    def _secret(self, name: str) -> str:
        schemes = self.document.content.get("components", {}).get("securitySchemes", {})
        scheme = self.document.followed(schemes.get(name, {}))
        words = (scheme.get(word) for word in ("type", "scheme", "in", "name"))
        return " ".join(str(word) for word in words if word) or name
