from hold.billing.db.models import BillRow
from hold.billing.service.bills import bill_lot

pair = BillRow, bill_lot
