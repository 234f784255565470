from uuid import UUID

from bulkhead.exposed import exposed
from bulkhead.references import ReferenceProvider


@exposed
def label_lots(*, ids: list[UUID]) -> dict[UUID, str]:
    return {}


@exposed
def search_lots(*, text: str, limit: int) -> dict[UUID, str]:
    return {}


lot_references = ReferenceProvider(
    "lot", labels=label_lots, search=search_lots, permission=None
)
