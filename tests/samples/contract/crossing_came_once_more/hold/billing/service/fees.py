from hold.loading.db.models import LotRow

rows = LotRow


def again():
    from hold.loading.db.models import LotRow

    return LotRow
