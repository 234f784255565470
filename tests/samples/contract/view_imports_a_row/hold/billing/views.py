from hold.billing.db.models import BillRow

rows = BillRow.objects
