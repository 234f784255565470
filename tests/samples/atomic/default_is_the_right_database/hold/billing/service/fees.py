from django.db import transaction


@transaction.atomic
def charge():
    transaction.on_commit(print)
