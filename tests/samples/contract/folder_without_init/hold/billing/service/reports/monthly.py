from hold.loading.db.models import LotRow

rows = LotRow
