from hold.billing.domain.bills import Bill
from hold.loading import public as loading


def bill_lot(*, number: str) -> Bill:
    return Bill(lot=number, weight=loading.weigh(number=number))
