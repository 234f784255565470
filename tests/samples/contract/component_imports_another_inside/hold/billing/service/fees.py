from hold.loading.db.models import LotRow
from hold.loading.domain import lots

pair = lots, LotRow
