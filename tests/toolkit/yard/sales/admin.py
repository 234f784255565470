from __future__ import annotations

from django.contrib import admin

from bulkhead.admin import AggregateAdmin
from tests.toolkit.yard.sales.db.models import Haulier, OrderRow, Truck


class TruckInline(admin.TabularInline):  # type: ignore[type-arg]
    model = Truck
    extra = 0


@admin.register(Haulier)
class HaulierAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    ordering = ("name",)
    search_fields = ("name",)
    inlines = [TruckInline]


@admin.register(Truck)
class TruckAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("plate", "haulier", "bought_on")
    list_editable = ("bought_on",)
    list_filter = ("haulier",)
    search_fields = ("plate", "haulier__name")
    autocomplete_fields = ("haulier",)
    date_hierarchy = "bought_on"


@admin.register(OrderRow)
class OrderAdmin(AggregateAdmin):
    list_display = ("customer",)
