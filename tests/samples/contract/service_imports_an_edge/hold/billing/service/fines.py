from hold.billing.apps import BillingConfig
from hold.billing.db.models import BillRow

pair = BillRow, BillingConfig
