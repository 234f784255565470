def fine(number: str) -> object:
    from . import bills

    return bills.Bill(lot=number, weight=1)
