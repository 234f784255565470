from django.db import transaction


@transaction.atomic
def view(request): ...
