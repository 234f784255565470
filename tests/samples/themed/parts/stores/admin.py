from django.contrib import admin
from import_export.admin import ImportExportMixin
from import_export.resources import ModelResource
from simple_history.admin import SimpleHistoryAdmin
from unfold.admin import ModelAdmin, TabularInline
from unfold.contrib.import_export.forms import ExportForm, ImportForm

from bulkhead.admin import AggregateAdmin, AggregateTabularInline, service_action
from parts.stores.db.models import CrateRow, PalletRow
from parts.stores.domain.pallets import PalletFullError
from parts.stores.service import pallets


class PalletResource(ModelResource):
    class Meta:
        model = PalletRow
        fields = ("code", "port_id", "version")
        import_id_fields = ("code",)
        use_transactions = False

    def do_instance_save(self, instance, is_create):
        values = {"code": instance.code, "port_id": instance.port_id}
        if is_create:
            instance.pk = pallets.store_pallet(**values).id
        else:
            pallets.repack_pallet(pallet_id=instance.pk, version=instance.version, **values)


class CrateInline(AggregateTabularInline, TabularInline):
    model = CrateRow
    ordering_field = "ORDER"


@admin.register(PalletRow)
class PalletAdmin(AggregateAdmin, SimpleHistoryAdmin, ImportExportMixin, ModelAdmin):
    add_with = pallets.store_pallet
    change_with = pallets.repack_pallet
    delete_with = pallets.drop_pallet
    error_fields = {PalletFullError: "crates"}
    list_display = ("code", "status", "port_id")
    list_filter = ("status", "port_id")
    search_fields = ("code", "port_id")
    inlines = (CrateInline,)
    actions = (service_action(pallets.ship_pallet, label="Ship selected %(verbose_name_plural)s"),)
    resource_classes = (PalletResource,)
    import_form_class = ImportForm
    export_form_class = ExportForm

    def revert_disabled(self, request, obj=None):
        return True
