from functools import partial

from django.db import transaction

from bulkhead.transactions import on_commit


def remember(alias):
    on_commit(print)
    transaction.on_commit(print, using=alias)
    transaction.on_commit(print, alias)
    transaction.on_commit(print, "billing", robust=True)
    return partial(transaction.on_commit, print, using=alias)
