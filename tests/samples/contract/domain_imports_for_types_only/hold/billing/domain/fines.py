from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hold.billing.domain.bills import Bill


def fine(bill: "Bill") -> int:
    return 1
