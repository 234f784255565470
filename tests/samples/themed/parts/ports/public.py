from collections.abc import Collection
from uuid import UUID

from bulkhead.exposed import exposed
from bulkhead.references import ReferenceProvider
from parts.ports.db.models import PortRow


@exposed
def label_ports(*, ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(PortRow.objects.filter(id__in=ids).values_list("id", "name"))


@exposed
def search_ports(*, text: str, limit: int) -> dict[UUID, str]:
    found = PortRow.objects.filter(name__icontains=text).order_by("name")
    return dict(found.values_list("id", "name")[:limit])


port_references = ReferenceProvider(
    "port",
    labels=label_ports,
    search=search_ports,
    permission="ports.view_portrow",
    url="admin:ports_portrow_change",
)
