from functools import partial

from django.db import transaction
from django.db.transaction import atomic

from bulkhead import transactions
from bulkhead.transactions import transactional


class Chemistry:
    def atomic(self): ...


@transactional
def fine(alias, options):
    with transaction.atomic(alias), transaction.atomic(using="billing"), atomic("billing"):
        pass
    with transaction.atomic(**options), transaction.atomic(*options):
        pass
    with transactions.component_transaction("billing"), Chemistry().atomic():
        pass
    return partial(transaction.atomic, using=alias)
