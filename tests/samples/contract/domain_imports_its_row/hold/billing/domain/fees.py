from hold.billing.db.models import BillRow

__all__ = ["BillRow"]
