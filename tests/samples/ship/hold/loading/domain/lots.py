from dataclasses import dataclass

from hold.shared_kernel import Tons


@dataclass(slots=True, kw_only=True)
class Lot:
    number: str
    weight: Tons
