from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID, uuid4


@dataclass(slots=True, kw_only=True)
class Order:
    id: UUID = field(default_factory=uuid4)
    customer: str
    version: int = 0
