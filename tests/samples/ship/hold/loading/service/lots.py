from hold.loading.db.models import LotRow
from hold.loading.domain.lots import Lot


def get_lot(*, number: str) -> Lot:
    row = LotRow.objects.get(number=number)
    return Lot(number=row.number, weight=row.weight)
