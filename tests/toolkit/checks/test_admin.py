"""What `manage.py check` says of the admin."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

import pytest
from django.contrib import admin
from django.contrib.admin import AdminSite, ModelAdmin, TabularInline, sites
from django.contrib.admin.checks import ModelAdminChecks
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004 - Django's name
from django.forms import CharField
from django.test import override_settings
from django.test.utils import isolate_apps

from bulkhead.admin import (
    AggregateAdmin,
    AggregateForm,
    AggregateStackedInline,
    AggregateTabularInline,
    service_action,
)
from bulkhead.checks.admin import check_admin
from tests.toolkit.yard.sales.db.models import Haulier, Truck
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow
from tests.toolkit.yard.stock.domain.pallets import Crate, Price
from tests.toolkit.yard.stock.service.pallets import (
    drop_pallet,
    note,
    repack_pallet,
    store_pallet,
)
from tests.toolkit.yard.stock.service.shipping import ship_pallet


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> AdminSite:
    monkeypatch.setattr(sites, "all_sites", set())
    return AdminSite()


class Stock(ModelAdmin):  # type: ignore[type-arg]
    pass


class CrateInline(TabularInline):  # type: ignore[type-arg]
    model = CrateRow


class TestForms:
    def test_e070_names_a_stock_form_for_an_aggregate(self, site: AdminSite) -> None:
        site.register(PalletRow, Stock)

        assert check_admin() == [
            Error(
                "PalletRow is registered with tests.toolkit.checks.test_admin.Stock, but "
                "PalletRepository stores it: a form would write past the rules of its domain.",
                hint="Inherit from bulkhead.admin.AggregateAdmin, and let actions call services: "
                "service_action(...).",
                obj=PalletRow,
                id="bulkhead.E070",
            )
        ]

    def test_e070_says_what_comes_of_the_error_that_django_adds(self, site: AdminSite) -> None:
        class Acting(ModelAdmin):  # type: ignore[type-arg]
            actions = (service_action(ship_pallet, label="Ship"),)

        site.register(PalletRow, Acting)

        [error] = check_admin()
        [of_django] = site.get_model_admin(PalletRow).check()
        assert error.hint == (
            "Inherit from bulkhead.admin.AggregateAdmin. What Django's admin.E129 asks for its "
            "actions is then there too."
        )
        assert of_django.id == "admin.E129"

    def test_e070_names_a_stock_form_for_a_part_of_an_aggregate(self, site: AdminSite) -> None:
        site.register(CrateRow)

        [error] = check_admin()

        assert error.msg == (
            "CrateRow is registered with django.contrib.admin.options.ModelAdmin, but "
            "PalletRepository stores it: a form would write past the rules of its domain."
        )

    @isolate_apps("tests.toolkit.yard.stock")
    def test_e070_sees_through_a_proxy(self, site: AdminSite) -> None:
        class OpenPallet(PalletRow):
            class Meta:
                proxy = True
                app_label = "stock"

        site.register(OpenPallet, Stock)

        [error] = check_admin()

        assert error.msg.startswith("OpenPallet is registered with")

    def test_e071_names_a_stock_inline_for_an_aggregate(self, site: AdminSite) -> None:
        class WithCrates(ModelAdmin):  # type: ignore[type-arg]
            inlines = (CrateInline,)

        site.register(Haulier, WithCrates)

        assert check_admin() == [
            Error(
                f"{__name__}.{WithCrates.__qualname__} shows CrateRow in CrateInline, but "
                f"PalletRepository stores it: a form would write past the rules of its domain.",
                hint="Let CrateInline inherit from bulkhead.admin.AggregateTabularInline or "
                "AggregateStackedInline.",
                obj=Haulier,
                id="bulkhead.E071",
            )
        ]

    @pytest.mark.parametrize("base", [AggregateTabularInline, AggregateStackedInline])
    def test_allow_an_inline_that_only_shows_it(self, site: AdminSite, base: type) -> None:
        inline = type("Shown", (base,), {"model": CrateRow})
        site.register(Haulier, type("WithCrates", (ModelAdmin,), {"inlines": (inline,)}))

        assert check_admin() == []

    def test_allow_stock_forms_for_plain_rows(self, site: AdminSite) -> None:
        class TruckInline(TabularInline):  # type: ignore[type-arg]
            model = Truck

        class WithTrucks(ModelAdmin):  # type: ignore[type-arg]
            inlines = (TruckInline,)

        site.register(Haulier, WithTrucks)
        site.register(Truck, Stock)

        assert check_admin() == []

    def test_allow_an_aggregate_admin_with_stock_inlines(self, site: AdminSite) -> None:
        class WithCrates(AggregateAdmin):
            inlines = (CrateInline,)

        site.register(PalletRow, WithCrates)

        assert check_admin() == []

    def test_e072_names_what_the_list_can_not_edit(self, site: AdminSite) -> None:
        class Editable(AggregateAdmin):
            list_display = ("code", "note")
            list_editable = ("note",)

        site.register(PalletRow, Editable)

        assert check_admin() == [
            Error(
                f"{__name__}.{Editable.__qualname__} lets note be edited in the list, but "
                f"PalletRow is the row of an aggregate: no list saves it.",
                hint="Drop list_editable, and let an action call a service: service_action(...).",
                obj=PalletRow,
                id="bulkhead.E072",
            )
        ]

    def test_are_not_looked_for_without_an_admin(self, site: AdminSite) -> None:
        site.register(PalletRow, Stock)

        with override_settings(INSTALLED_APPS=["tests.toolkit.yard.stock"]):
            assert check_admin() == []


class TestNames:
    def test_w073_names_a_row_that_is_called_one(
        self, site: AdminSite, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(PalletRow._meta, "verbose_name", "pallet row")
        site.register(PalletRow, AggregateAdmin)

        assert check_admin() == [
            Warning(
                "The pages of the admin call PalletRow 'pallet row'.",
                hint='Write in its class Meta: verbose_name = "pallet".',
                obj=PalletRow,
                id="bulkhead.W073",
            )
        ]

    def test_w073_names_a_row_in_an_inline(
        self, site: AdminSite, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(CrateRow._meta, "verbose_name", "crate row")
        site.register(PalletRow, type("WithCrates", (AggregateAdmin,), {"inlines": (CrateInline,)}))

        [warning] = check_admin()

        assert warning.msg == "The pages of the admin call CrateRow 'crate row'."

    def test_allow_a_plain_row_to_be_called_one(
        self, site: AdminSite, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Haulier._meta, "verbose_name", "seat row")
        site.register(Haulier, Stock)

        assert check_admin() == []


class TestActions:
    def test_e074_names_an_action_that_can_not_call_its_service(self, site: AdminSite) -> None:
        class Noting(AggregateAdmin):
            actions = (service_action(note, label="Note"),)

        site.register(PalletRow, Noting)

        assert check_admin() == [
            Error(
                f"{__name__}.{Noting.__qualname__} has an action that can't call its service: "
                f"tests.toolkit.yard.stock.service.pallets.note has more than the row's key to be "
                f"given, or no key: pallet_id, text.",
                hint="Name the key with key=..., and give the others: "
                "given={...: lambda request: ...}.",
                obj=PalletRow,
                id="bulkhead.E074",
            )
        ]

    def test_allow_services_and_plain_functions(self, site: AdminSite) -> None:
        def export(model_admin: Any, request: Any, queryset: Any) -> None: ...

        class Acting(AggregateAdmin):
            actions = (service_action(ship_pallet, label="Ship"), admin.action(export))

        site.register(PalletRow, Acting)

        assert check_admin() == []


THEMED = Error("It is themed.", id="theme.E001")


class ThemedChecks(ModelAdminChecks):
    def check(self, admin_obj: Any, **kwargs: Any) -> list[CheckMessage]:
        return [*super().check(admin_obj, **kwargs), THEMED]


def test_a_theme_behind_an_aggregate_admin_is_asked_too(site: AdminSite) -> None:
    class Themed(ModelAdmin):  # type: ignore[type-arg]
        checks_class = ThemedChecks

    class Both(AggregateAdmin, Themed):
        pass

    site.register(PalletRow, Both)

    assert site.get_model_admin(PalletRow).check() == [THEMED]


def test_django_agrees_with_an_aggregate_admin(site: AdminSite) -> None:
    class Acting(AggregateAdmin):
        actions = (service_action(ship_pallet, label="Ship"),)

    site.register(PalletRow, Acting)

    assert site.get_model_admin(PalletRow).check() == []


class TestServices:
    def test_e071_names_a_stock_inline_where_forms_save(self, site: AdminSite) -> None:
        class Edited(AggregateAdmin):
            add_with = store_pallet
            inlines = (CrateInline,)

        site.register(PalletRow, Edited)

        [error] = check_admin()

        assert error.id == "bulkhead.E071"
        assert error.msg.startswith(f"{__name__}.{Edited.__qualname__} shows CrateRow in CrateInl")

    def test_e075_names_services_of_a_part(self, site: AdminSite) -> None:
        class Crates(AggregateAdmin):
            add_with = store_pallet

        site.register(CrateRow, Crates)

        assert check_admin() == [
            Error(
                f"{__name__}.{Crates.__qualname__} names add_with, but no repository stores "
                f"CrateRow as an aggregate of its own.",
                hint="Name the services in the admin of the aggregate, or use service_action(...).",
                obj=CrateRow,
                id="bulkhead.E075",
            )
        ]

    def test_e076_names_a_service_without_a_key(self, site: AdminSite) -> None:
        def clear(*, note: str) -> None: ...

        class Clearing(AggregateAdmin):
            change_with = clear

        site.register(PalletRow, Clearing)

        assert check_admin() == [
            Error(
                f"{__name__}.{Clearing.__qualname__}.change_with can't be called: "
                f"{__name__}.{clear.__qualname__} has no parameter for the key of Pallet. "
                f"It takes: note.",
                hint="Let it take the key, as pallet_id or under the field's name.",
                obj=PalletRow,
                id="bulkhead.E076",
            )
        ]

    def test_e076_names_what_nothing_fills(self, site: AdminSite) -> None:
        def stack(*, code: str, height: int) -> None: ...

        class Stacking(AggregateAdmin):
            add_with = stack
            fields = ("code",)

        site.register(PalletRow, Stacking)

        [error] = check_admin()

        assert error.msg == (
            f"{__name__}.{Stacking.__qualname__}.add_with can't be called: "
            f"{__name__}.{stack.__qualname__} requires height, which is no field of Pallet and "
            f"is not given."
        )
        assert error.hint == (
            "Name it as the field, or give it: given = {...: lambda request: ...}."
        )

    def test_e076_names_what_a_page_without_a_form_can_not_fill(self, site: AdminSite) -> None:
        def discard(*, pallet_id: UUID, reason: str) -> None: ...

        class ReasonForm(AggregateForm):
            reason = CharField()

        class Discarding(AggregateAdmin):
            form = ReasonForm
            delete_with = discard

        site.register(PalletRow, Discarding)

        [error] = check_admin()

        assert error.msg == (
            f"{__name__}.{Discarding.__qualname__}.delete_with can't be called: "
            f"{__name__}.{discard.__qualname__} requires reason, which is no field of Pallet and "
            f"is not given."
        )

    def test_e076_names_a_service_that_takes_anything(self, site: AdminSite) -> None:
        def store(**fields: object) -> None: ...

        class Storing(AggregateAdmin):
            add_with = store

        site.register(PalletRow, Storing)

        [error] = check_admin()

        assert error.msg == (
            f"{__name__}.{Storing.__qualname__}.add_with can't be called: "
            f"{__name__}.{store.__qualname__} takes any keyword, so what it takes can't be told."
        )

    def test_e077_names_a_state_that_a_method_sets(self, site: AdminSite) -> None:
        class Rebuilding(AggregateAdmin):
            rebuild_fields = ("note", "status")

        site.register(PalletRow, Rebuilding)

        assert check_admin() == [
            Error(
                f"{__name__}.{Rebuilding.__qualname__} has 'status' in rebuild_fields, but "
                f"Pallet.ship() sets it, and a form would pass over its rule.",
                hint="Drop it there, and let change_with name a service that takes it.",
                obj=PalletRow,
                id="bulkhead.E077",
            )
        ]

    @pytest.mark.parametrize("field", ["id", "version", "colour"])
    def test_e077_names_what_can_not_be_rebuilt(self, site: AdminSite, field: str) -> None:
        class Pallets(AggregateAdmin):
            rebuild_fields = (field,)

        site.register(PalletRow, Pallets)

        [error] = check_admin()

        assert error.msg == (
            f"{__name__}.{Pallets.__qualname__} has {field!r} in rebuild_fields, but it is no "
            f"field of Pallet that its constructor takes, or its key or version."
        )

    def test_e078_names_what_the_form_does_not_show(self, site: AdminSite) -> None:
        class Storing(AggregateAdmin):
            add_with = repacked
            fields = ("code",)

        site.register(PalletRow, Storing)

        assert check_admin() == [
            Error(
                f"{__name__}.{Storing.__qualname__}.add_with requires crates, price, which the "
                f"form does not show.",
                hint="Name it in fields, or in add_fields; parts need an inline.",
                obj=PalletRow,
                id="bulkhead.E078",
            )
        ]

    def test_allow_what_the_forms_can_fill(self, site: AdminSite) -> None:
        class Storing(AggregateAdmin):
            add_with = repacked
            change_with = repack_pallet
            delete_with = drop_pallet
            rebuild_fields = ("note",)
            given: ClassVar = {"by": lambda _request: "me"}
            inlines = (type("Crates", (AggregateTabularInline,), {"model": CrateRow}),)

        site.register(PalletRow, Storing)

        assert check_admin() == []


def repacked(*, code: str, price: Price, crates: list[Crate]) -> None: ...
