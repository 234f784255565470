def fee(number: str) -> object:
    from ..service import bills

    return bills.bill_lot(number=number)
