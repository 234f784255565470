from uuid import UUID

from bulkhead.exposed import exposed
from bulkhead.references import ReferenceProvider


@exposed
def label_stores(*, ids: list[UUID]) -> dict[UUID, str]:
    return {}


@exposed
def search_stores(*, text: str, limit: int) -> dict[UUID, str]:
    return {}


store_references = ReferenceProvider(
    "store", labels=label_stores, search=search_stores, permission=None
)
