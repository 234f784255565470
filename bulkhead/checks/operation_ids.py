"""The check of the ids by which generated clients call operations: E090. None without ninja."""

from __future__ import annotations

from importlib.util import find_spec

from django.conf import settings
from django.core.checks import CheckMessage, Error

from bulkhead.checks.subjects import check


@check
def check_operation_ids(**_kwargs: object) -> list[CheckMessage]:
    """Read every endpoint of the APIs that the URLs mount."""
    if find_spec("ninja") is None or not getattr(settings, "ROOT_URLCONF", None):
        return []
    from bulkhead.api.operation_ids import shared_operation_ids  # noqa: PLC0415
    from bulkhead.api.project_apis import mounted_apis  # noqa: PLC0415 - needs ninja

    return [
        Error(error.found, hint=error.way_out, id="bulkhead.E090")
        for mounted in mounted_apis()
        for error in shared_operation_ids(mounted.api.mounted_endpoints())
    ]
