from django.views.decorators.http import require_GET
from django.views.generic import ListView

from goods.models import Good


class GoodList(ListView):
    model = Good


@require_GET
def show(request, key=None, everything=False):
    raise NotImplementedError
