from functools import partial

from django.db import transaction
from django.db.transaction import on_commit


def remember():
    transaction.on_commit(print)
    on_commit(lambda: print(), robust=True)
    on_commit(print, None)
    return partial(transaction.on_commit, print)
