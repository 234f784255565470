"""The ids by which generated clients call operations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ninja.operation import Operation

from bulkhead.api.mounted_endpoints import MountedEndpoint
from bulkhead.errors import BulkheadError


class SharedOperationIdError(BulkheadError):
    """Two operations bear one id, so that a generated client could call one of them alone."""

    def __init__(self, shared: str, operations: Iterable[str]) -> None:
        self.found = f"{' and '.join(operations)} have the operation id {shared!r}."
        self.way_out = (
            "Call one of the views otherwise, or give its endpoint an id of its own: "
            'operation_id="...".'
        )
        super().__init__(f"{self.found} {self.way_out}")


def operation_ids(operation: Operation) -> dict[str, str]:
    """Return the id of each method in capitals; one that answers several has an id for each."""
    own = operation.operation_id or operation.api.get_openapi_operation_id(operation)
    if len(operation.methods) == 1:
        return {operation.methods[0]: own}
    return {method: f"{own}_{method.lower()}" for method in operation.methods}


def shared_operation_ids(endpoints: Iterable[MountedEndpoint]) -> Iterator[SharedOperationIdError]:
    """Return an error for each id that several operations of the document bear."""
    bearers: dict[str, list[str]] = {}
    for endpoint in endpoints:
        if endpoint.operation.include_in_schema:
            for method, name in operation_ids(endpoint.operation).items():
                bearers.setdefault(name, []).append(f"{method} {endpoint.shown_path}")
    for name, operations in bearers.items():
        if len(operations) > 1:
            yield SharedOperationIdError(name, operations)
