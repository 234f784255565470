from __future__ import annotations

from django.contrib import admin

from bulkhead.admin import AggregateAdmin, service_action
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow
from tests.toolkit.yard.stock.service import shipping


class CrateInline(admin.TabularInline):  # type: ignore[type-arg]
    model = CrateRow


@admin.register(PalletRow)
class PalletAdmin(AggregateAdmin):
    list_display = ("code", "state")
    list_filter = ("state",)
    search_fields = ("code", "crates__content")
    inlines = [CrateInline]
    actions = [
        service_action(shipping.ship_pallet, label="Ship selected %(verbose_name_plural)s"),
        service_action(
            shipping.sign_pallet,
            label="Sign",
            given={"by": lambda request: request.user.get_username()},
            permission="stock.delete_palletrow",
        ),
    ]
