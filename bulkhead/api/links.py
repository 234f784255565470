"""Where the present state of what a request would change is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import HttpRequest
from ninja.operation import Operation

from bulkhead.api.tagged_answers import aggregate_answered

if TYPE_CHECKING:
    from bulkhead.api.apis import ComponentAPI
    from bulkhead.api.mounted_endpoints import MountedEndpoint


def current_state(
    request: HttpRequest, operation: Operation, aggregate: type, key: object | None
) -> str | None:
    """Return the address that shows what an operation changes, or None where none does.

    That is the longest beginning of the operation's own path, else the path that takes nothing
    but the aggregate's key.
    """
    mounted = cast("ComponentAPI", operation.api).mounted_endpoints()
    reads = [each for each in mounted if "GET" in each.operation.methods]
    own = next(each for each in mounted if each.operation is operation)
    above = [each for each in reads if _is_beginning(each, own)]
    if above:
        match = request.resolver_match
        return max(above, key=lambda each: len(each.path)).address(match.kwargs if match else {})
    found = (each for each in reads if _shows(each, aggregate))
    return next((each.address({each.parameters[0]: key}) for each in found), None)


def _is_beginning(read: MountedEndpoint, own: MountedEndpoint) -> bool:
    path = read.path.strip("/").split("/")
    return bool(read.parameters) and own.path.strip("/").split("/")[: len(path)] == path


def _shows(read: MountedEndpoint, aggregate: type) -> bool:
    return len(read.parameters) == 1 and aggregate_answered(read.operation) is aggregate
