from hold.billing.db.models import BillRow
from hold.billing.domain.bills import Bill

pair = Bill, BillRow
