"""Endpoints as an API has mounted them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from ninja.operation import Operation
from ninja.router import BoundRouter
from ninja.utils import normalize_path

_PARAMETER = re.compile(r"{(?:[^}:]+:)?(\w+)}")


@dataclass(frozen=True, slots=True, kw_only=True)
class MountedEndpoint:
    """One endpoint of an API."""

    operation: Operation
    path: str
    """Below the API's own, as `/invoicing/invoices/{uuidstr:invoice_id}`."""

    url_name: str

    @property
    def name(self) -> str:
        """The methods and the path, as `GET /invoicing/invoices`."""
        return f"{', '.join(self.operation.methods)} {self.shown_path}"

    @property
    def shown_path(self) -> str:
        """The path as its endpoint declares it."""
        return self.path.replace("{uuidstr:", "{uuid:")

    @property
    def parameters(self) -> list[str]:
        """The names of what is taken from the path."""
        return _PARAMETER.findall(self.path)

    def address(self, values: Mapping[str, object]) -> str | None:
        """Return the address with these values in the path, or None where they don't fit."""
        taken = {name: values[name] for name in self.parameters if name in values}
        try:
            return reverse(f"{self.operation.api.urls_namespace}:{self.url_name}", kwargs=taken)
        except NoReverseMatch:
            return None


def mounted_endpoints_of(router: BoundRouter) -> Iterator[MountedEndpoint]:
    """Return the endpoints of one router."""
    prefix = f"{router.url_name_prefix}_" if router.url_name_prefix else ""
    for path, view in router.path_operations.items():
        for operation in view.operations:
            name = router.api.get_operation_url_name(operation, router=router.template)
            yield MountedEndpoint(
                operation=operation,
                path=normalize_path(f"/{router.prefix}/{path}"),
                url_name=getattr(operation, "url_name", "") or f"{prefix}{name}",
            )
