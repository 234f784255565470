from hold.loading import api, public
from hold.loading.db.models import LotRow

used = api, public, LotRow
