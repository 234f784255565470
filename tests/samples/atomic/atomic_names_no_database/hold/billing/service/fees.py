import django.db.transaction as tx
from django import db
from django.db import transaction
from django.db.transaction import atomic as in_one
from django.utils.decorators import method_decorator


@transaction.atomic
def decorated(): ...


@in_one(savepoint=False)
async def called(): ...


@method_decorator(db.transaction.atomic, name="dispatch")
class View: ...


def blocks(alias):
    with transaction.atomic(), tx.atomic(using=None):
        from django.db.transaction import atomic

        wrapped = atomic(decorated)
    return wrapped
