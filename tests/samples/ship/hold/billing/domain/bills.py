from dataclasses import dataclass

from hold.shared_kernel import Tons


@dataclass(slots=True, kw_only=True)
class Bill:
    lot: str
    weight: Tons
