from django.db import transaction

from bulkhead.transactions import on_commit, transactional


@transactional
def fine():
    on_commit(print)
    with transaction.atomic("default"):
        transaction.on_commit(print, using="default")
