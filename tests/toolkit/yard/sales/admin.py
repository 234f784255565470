from __future__ import annotations

from django.contrib import admin

from bulkhead.admin import AggregateAdmin, ReferenceAdmin, ReferenceInline
from tests.toolkit.yard.sales.db.models import Haulier, Load, OrderRow, Tour, Truck


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


class LoadInline(ReferenceInline, admin.TabularInline):  # type: ignore[type-arg]
    model = Load
    extra = 0


@admin.register(Tour)
class TourAdmin(ReferenceAdmin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("name", "guide_id")
    inlines = [LoadInline]


@admin.register(Load)
class LoadAdmin(ReferenceAdmin, admin.ModelAdmin):  # type: ignore[type-arg]
    list_display = ("weight", "pallet_id", "driver_id")
    list_filter = ("weight", "pallet_id")
    search_fields = ("weight", "pallet_id", "driver_id")
    autocomplete_fields = ("pallet_id",)
