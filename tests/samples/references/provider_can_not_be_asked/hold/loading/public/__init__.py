from uuid import UUID

from bulkhead.exposed import exposed
from bulkhead.references import ReferenceProvider


@exposed
def label_lots(*, ids: list[UUID]) -> dict[UUID, str]:
    return {}


@exposed
def label_by_number(*, numbers: list[str]) -> dict[UUID, str]:
    return {}


@exposed
def search_lots(*, text: str, limit: int) -> dict[UUID, str]:
    return {}


def _search_cranes(*, text: str, limit: int) -> dict[UUID, str]:
    return {}


lot_references = ReferenceProvider("lot", labels=label_lots, search=search_lots, permission=None)
other_references = ReferenceProvider("lot", labels=label_lots, search=search_lots, permission=None)
crane_references = ReferenceProvider(
    "crane", labels=label_by_number, search=_search_cranes, permission=None
)
