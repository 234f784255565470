from hold.loading.db.models import LotRow
from hold.loading.service import lots

used = lots, LotRow
