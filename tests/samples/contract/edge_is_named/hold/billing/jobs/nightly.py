from hold.billing.db.models import BillRow
from hold.billing.service import bills

pair = bills, BillRow
