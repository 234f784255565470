"""What a form gives to a service, and where it tells what was refused."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.contrib.admin import AdminSite
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Permission, User
from django.db.models import CharField, FileField
from django.http import HttpRequest
from django.test import RequestFactory

from bulkhead.admin import AggregateAdmin, NothingAddedError, UnseenVersionError
from bulkhead.admin.form_services import FormService, columns_of
from bulkhead.admin.naming import name_after_aggregate
from bulkhead.admin.rebuilding import rebuildable, rebuilt, set_by_methods
from bulkhead.admin.refusals import field_of
from bulkhead.admin.saving import add
from bulkhead.admin.values import RefusedValueError, built
from bulkhead.admin.versions import seen_version, signed_version
from bulkhead.repositories.planning import shape_of
from bulkhead.repositories.shapes import Constructor, Shape
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow, TallyRow
from tests.toolkit.yard.stock.db.repositories import (
    PalletRepository,
    ShipmentRepository,
    TicketRepository,
)
from tests.toolkit.yard.stock.domain.pallets import Pallet, PalletShippedError, Price
from tests.toolkit.yard.stock.domain.shipments import Shipment, Ticket

PALLET = shape_of(PalletRepository, Pallet)
TICKET = shape_of(TicketRepository, Ticket)
REQUEST = HttpRequest()


def repack(  # noqa: PLR0913 - one for each thing that a service may fill
    *,
    pallet_id: UUID,
    code: str,
    price: Price,
    by: str,
    note: str | None = None,
    version: int | None = None,
) -> None: ...


def rename(*, id: UUID, code: str) -> None: ...  # noqa: A002 - as the field is called


def service(*, keyed: bool = True) -> FormService:
    return FormService(repack, PALLET, given={"by": lambda _request: "me"}, keyed=keyed)


class TestDoor:
    def test_takes_the_fields_that_its_service_names(self) -> None:
        assert service().takes == {"code", "price", "note"}

    def test_finds_the_key_that_nothing_else_fills(self) -> None:
        assert service().key == "pallet_id"

    def test_finds_the_key_by_the_name_of_its_field(self) -> None:
        assert FormService(rename, PALLET, given={}, keyed=True).key == "id"

    def test_takes_no_field_of_the_form_for_the_key(self) -> None:
        def move(*, pallet: UUID, reason: str) -> None: ...

        moving = FormService(move, PALLET, given={}, keyed=True, own=["reason"])

        assert (moving.key, moving.problem()) == ("pallet", None)

    def test_finds_the_key_by_its_usual_name_beside_what_nothing_fills(self) -> None:
        def drop(*, reason: str, pallet_id: UUID) -> None: ...

        assert FormService(drop, PALLET, given={}, keyed=True).key == "pallet_id"

    def test_has_no_key_for_what_is_new(self) -> None:
        assert service(keyed=False).key is None

    def test_gives_what_the_form_says_and_what_the_request_knows(self) -> None:
        key, price = uuid4(), Price(amount=Decimal(1), currency="EUR")
        values = {"code": "P", "price": price, "status": "shipped"}

        given = service().arguments(REQUEST, values, key=key, version=3)

        assert given == {"pallet_id": key, "by": "me", "version": 3, "code": "P", "price": price}

    def test_fills_what_the_form_does_not_show_with_what_is_stored(self) -> None:
        stored = Pallet(code="P-1", price=Price(amount=Decimal(1), currency="EUR"), note="old")

        given = service().arguments(REQUEST, {"code": "P"}, stored=stored)

        assert (given["price"], "note" in given) == (stored.price, False)

    def test_accepts_a_key_that_is_a_value_of_its_own(self) -> None:
        def issue(*, id: object, holder: str) -> None: ...  # noqa: A002 - as the field is called

        assert FormService(issue, TICKET, given={}, keyed=False).takes == {"id", "holder"}


class TestRebuilding:
    def test_leaves_out_key_version_and_states_that_methods_set(self) -> None:
        assert rebuildable(PALLET) == {"code", "price", "deposit", "note", "marks", "crates"}

    def test_names_the_method_that_sets_a_state(self) -> None:
        assert set_by_methods(Pallet) == {"status": "ship"}

    def test_names_the_method_that_copies_a_frozen_one_with_a_state(self) -> None:
        assert set_by_methods(Letter) == {"sent": "send"}

    def test_leaves_out_what_the_constructor_does_not_take(self) -> None:
        assert "checked" not in rebuildable(shape_of(ShipmentRepository, Shipment))

    def test_computes_anew_and_keeps_what_only_begins_with_a_value(self) -> None:
        before = Parcel(width=2, height=3)
        before.sent = True

        after = rebuilt(_shape_of(Parcel), before, {"width": 10})

        assert (after.area, after.sent) == (30, True)

    def test_lets_the_constructor_refuse(self) -> None:
        with pytest.raises(ValueError, match="no parcel"):
            rebuilt(_shape_of(Parcel), Parcel(width=2, height=3), {"width": 0})


@dataclass(slots=True, kw_only=True)
class Parcel:
    width: int
    height: int
    area: int = field(init=False)
    sent: bool = field(init=False, default=False)

    def __post_init__(self) -> None:
        self.area = self.width * self.height
        if not self.area:
            msg = "no parcel"
            raise ValueError(msg)


def _shape_of(cls: type) -> Shape:
    constructor = Constructor(cls=cls, late=frozenset({"area", "sent"}))
    return Shape(
        cls=cls,
        model=TallyRow,
        columns=(),
        fields=(),
        children=(),
        constructor=constructor,
        key=None,
        version=None,
        frozen=False,
    )


@dataclass(frozen=True)
class Letter:
    text: str
    sent: bool = False

    def send(self) -> Letter:
        return replace(self, sent=True)

    def answer(self, text: str) -> Letter:
        return Letter(text=f"{self.text} {text}")


class TestFieldOf:
    def test_is_the_one_that_an_attribute_names(self) -> None:
        assert field_of(PalletShippedError("P-1"), {"code", "note"}, {}) == "code"

    def test_is_none_where_several_are_named(self) -> None:
        error = PalletShippedError("P-1")
        error.note = "x"  # type: ignore[attr-defined]

        assert field_of(error, {"code", "note"}, {}) is None

    def test_is_none_where_no_form_shows_it(self) -> None:
        assert field_of(PalletShippedError("P-1"), {"note"}, {}) is None

    @pytest.mark.parametrize("declared", ["crates", None])
    def test_is_what_is_declared(self, declared: str | None) -> None:
        found = field_of(PalletShippedError("P-1"), {"code"}, {PalletShippedError: declared})

        assert found == declared


class TestBuiltValues:
    def test_are_refused_in_the_words_of_their_type(self) -> None:
        with pytest.raises(RefusedValueError) as refused:
            built(lambda: Price(amount=Decimal(-1), currency="EUR"), [Decimal(-1), "EUR"])

        assert str(refused.value) == "A price is not below zero, and this one is -1."

    def test_are_refused_where_a_part_is_missing(self) -> None:
        with pytest.raises(RefusedValueError) as refused:
            built(lambda: Decimal(1) + None, [Decimal(1), None])  # type: ignore[operator]

        assert str(refused.value) == (
            "Something is missing here: fill in all that belongs to this value, or none of it."
        )

    def test_may_have_a_bug(self) -> None:
        with pytest.raises(TypeError):
            built(lambda: Decimal(1) + None, [Decimal(1)])  # type: ignore[operator]


class TestSignedVersions:
    def test_come_back_for_the_same_row_and_user(self) -> None:
        row, user = PalletRow(id=uuid4(), version=7), User(pk=1)

        seen = seen_version(signed_version(row, user), row, user)

        assert seen is not None
        assert seen.version == 7

    def test_are_of_one_row_and_one_user(self) -> None:
        row, user = PalletRow(id=uuid4(), version=7), User(pk=1)
        signed = signed_version(row, user)

        with pytest.raises(UnseenVersionError):
            seen_version(signed, PalletRow(id=uuid4(), version=7), user)
        with pytest.raises(UnseenVersionError):
            seen_version(signed, row, User(pk=2))

    def test_are_none_where_the_aggregate_has_none(self) -> None:
        tally, user = TallyRow(id=uuid4(), count=1), User(pk=1)

        assert signed_version(tally, user) is None
        assert seen_version("x", tally, user) is None


class TestNames:
    @pytest.fixture(autouse=True)
    def unnamed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for model, name in ((PalletRow, "pallet row"), (CrateRow, "crate row")):
            monkeypatch.delitem(model._meta.original_attrs, "verbose_name")
            monkeypatch.setattr(model._meta, "verbose_name", name)
            monkeypatch.setattr(model._meta, "verbose_name_plural", f"{name}s")

    def test_are_those_of_the_domain_where_a_model_has_none(self) -> None:
        name_after_aggregate(PalletRow)

        assert (PalletRow._meta.verbose_name, CrateRow._meta.verbose_name) == ("pallet", "crate")
        assert PalletRow._meta.verbose_name_plural == "pallets"

    def test_are_given_when_an_admin_is_registered(self) -> None:
        AdminSite().register(PalletRow, AggregateAdmin)

        assert str(PalletRow._meta.verbose_name_plural) == "pallets"

    @pytest.mark.component("stock")
    def test_stand_in_permissions(self) -> None:
        name_after_aggregate(PalletRow)
        Permission.objects.filter(codename="add_palletrow").delete()

        create_permissions(apps.get_app_config("stock"), verbosity=0)

        assert Permission.objects.get(codename="add_palletrow").name == "Can add pallet"


class TestAdd:
    def test_needs_to_know_what_was_added(self) -> None:
        class Storing(AggregateAdmin):
            add_with = rename

        services = Storing(PalletRow, AdminSite()).form_services
        assert services is not None
        assert services.add is not None

        with pytest.raises(NothingAddedError) as caught:
            add(
                services,
                services.add,
                RequestFactory().get("/"),
                {"id": uuid4(), "code": "P"},
            )

        assert str(caught.value) == (
            "add_with calls tests.toolkit.admin.test_form_services.rename, "
            "which returned NoneType. "
            "Let it return the Pallet that it has added, or its key."
        )


class TestColumns:
    def test_leave_out_what_no_form_can_fill(self) -> None:
        scan = FileField(name="note")
        scan.set_attributes_from_name("note")
        hidden = CharField(editable=False)
        hidden.set_attributes_from_name("code")
        shown = PalletRow._meta.get_field("state")
        row = SimpleNamespace(_meta=SimpleNamespace(concrete_fields=[scan, hidden, shown]))
        shape: Any = replace(PALLET, model=row)  # type: ignore[arg-type] # has what is asked for

        names = columns_of(shape, frozenset({"note", "code", "status"}))

        assert names == {"state"}


def test_services_of_a_mixin_stay_plain_functions() -> None:
    mixin: Any = type("Renaming", (), {"change_with": rename})

    class Storing(mixin, AggregateAdmin):  # type: ignore[misc] # made above
        pass

    assert Storing(PalletRow, AdminSite()).change_with is rename


def test_no_actions_at_all_stay_none() -> None:
    class Storing(AggregateAdmin):
        delete_with = rename
        actions = None

    assert Storing(PalletRow, AdminSite()).actions is None


def test_services_in_a_class_body_stay_plain_functions() -> None:
    class Storing(AggregateAdmin):
        change_with = rename

    registered: Any = Storing(PalletRow, AdminSite())
    assert registered.change_with is rename
