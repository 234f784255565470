"""What another package may do with the admin of an aggregate: a theme, a view of its own."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from django.contrib.admin import AdminSite, ModelAdmin, TabularInline
from django.db.models import IntegerField
from django.forms import NumberInput
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.test import Client
from django.urls import URLPattern, path

from bulkhead.admin import AggregateAdmin, AggregateTabularInline, PastTheDomainError
from tests.toolkit.admin.conftest import Yard, text_of, told, versions_on
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow
from tests.toolkit.yard.stock.domain.pallets import Pallet
from tests.toolkit.yard.stock.service import pallets

themed = AdminSite(name="themed")
LIST = "/themed/stock/palletrow/"
ASKING = """<form id="search"><input name="posted"></form><form method="post" id="asking">
{% for row in queryset %}
<input type="hidden" name="_selected_action" value="{{ row.pk }}">
{% endfor %}
<input value="yes" name="post" type="hidden"><button>Yes</button></form>"""


class ThemedNumber(NumberInput):
    def __init__(self, attrs: Any = None) -> None:
        super().__init__({"class": f"themed {(attrs or {}).get('class', '')}"})


class ThemedInline(TabularInline):  # type: ignore[type-arg]
    formfield_overrides: ClassVar = {IntegerField: {"widget": ThemedNumber}}


class CrateInline(AggregateTabularInline, ThemedInline):
    model = CrateRow
    fields = ("content", "weight")


class Reverting(ModelAdmin):  # type: ignore[type-arg]
    """Has a view that saves by a form, as those have that bring back an earlier state."""

    def get_urls(self) -> list[URLPattern]:
        return [path("<path:key>/revert/", self.revert), *super().get_urls()]

    def revert(self, request: HttpRequest, key: str) -> HttpResponse:
        row = self.get_object(request, key)
        form = self.get_form(request, row)(request.POST, instance=row)
        assert form.is_valid()
        self.save_model(request, self.save_form(request, form, change=True), form, change=True)
        return HttpResponse("reverted")


class PalletAdmin(AggregateAdmin, Reverting):
    change_with = pallets.repack_pallet
    delete_with = pallets.drop_pallet
    given: ClassVar = {"by": lambda request: request.user.get_username()}
    fields = ("code", "price_amount", "price_currency")
    inlines: ClassVar = [CrateInline]

    @property
    def delete_selected_confirmation_template(self) -> Any:  # type: ignore[override]
        return engines["django"].from_string(ASKING)


themed.register(PalletRow, PalletAdmin)
urlpatterns = [path("themed/", themed.urls)]

pytestmark = [pytest.mark.component("stock"), pytest.mark.urls(__name__)]


@pytest.fixture
def pallet(yard: Yard) -> Pallet:
    return yard.pallet("P-1")


class TestThemes:
    def test_ask_whether_to_delete_by_pages_of_their_own(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        chosen = {"action": "delete_selected", "_selected_action": str(pallet.id)}

        asked = admin_client.post(LIST, chosen | versions_on(admin_client.get(LIST)))
        done = admin_client.post(LIST, chosen | versions_on(asked) | {"post": "yes"})

        before, answer = text_of(asked).split('name="post" type="hidden">')
        assert "_version" not in before
        assert answer.startswith('<input type="hidden" name="_versions" ')
        assert told(done) == [("success", "Delete pallets: done for 1 pallet.")]

    def test_give_the_order_of_parts_their_own_input(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        page = text_of(admin_client.get(f"{LIST}{pallet.id}/change/"))

        assert 'name="crates-0-ORDER" value="1" class="themed bulkhead-order"' in page


class TestOtherViews:
    def test_are_refused_where_no_service_would_save(
        self, admin_client: Client, pallet: Pallet
    ) -> None:
        page = f"{LIST}{pallet.id}/"
        version = versions_on(admin_client.get(f"{page}change/"))["_version"]
        earlier = {"code": "P-0", "price_amount": "1", "price_currency": "EUR"}

        with pytest.raises(PastTheDomainError):
            admin_client.post(f"{page}revert/", earlier | {"_version": version})
