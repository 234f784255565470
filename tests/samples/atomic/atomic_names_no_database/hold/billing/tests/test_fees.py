from django.db import transaction


def test_fee():
    with transaction.atomic():
        pass
