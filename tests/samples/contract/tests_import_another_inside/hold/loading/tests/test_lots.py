from bridge import settings
from hold.billing.domain.bills import Bill
from hold.loading.service import lots

used = settings, Bill, lots
