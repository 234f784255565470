"""A second admin, whose forms save what the first one only shows."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.admin import AdminSite
from django.urls import path

from bulkhead.admin import (
    AggregateAdmin,
    AggregateStackedInline,
    AggregateTabularInline,
    service_action,
)
from project.urls import urlpatterns as project_pages
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow, ShelfRow, SlotRow
from tests.toolkit.yard.stock.domain.pallets import TooManyCratesError
from tests.toolkit.yard.stock.service import pallets, shipping

desk = AdminSite(name="desk")


class CrateInline(AggregateTabularInline):
    model = CrateRow
    fields = ("content", "weight")


class PalletAdmin(AggregateAdmin):
    add_with = pallets.store_pallet
    change_with = pallets.repack_pallet
    delete_with = pallets.drop_pallet
    rebuild_fields = ("note", "status")
    given: ClassVar = {"by": lambda request: request.user.get_username()}
    error_fields: ClassVar = {TooManyCratesError: "crates"}
    list_display = ("code", "state")
    fields = (("code", "state"), "price_amount", "price_currency", "note", "held_amount", "marks")
    inlines: ClassVar = [CrateInline]
    actions = (service_action(shipping.ship_pallet, label="Ship"),)


class SlotInline(AggregateStackedInline):
    model = SlotRow


class ShelfAdmin(AggregateAdmin):
    rebuild_fields = ("name", "slots")
    inlines: ClassVar = [SlotInline]


desk.register(PalletRow, PalletAdmin)
desk.register(ShelfRow, ShelfAdmin)

urlpatterns = [*project_pages, path("desk/", desk.urls)]
