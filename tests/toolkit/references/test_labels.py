"""What ids are called is asked once for all of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import pytest
from django import forms
from django.contrib.auth.models import User
from django.db import OperationalError
from django.test import override_settings

from bulkhead.components import get_component
from bulkhead.references import (
    Label,
    Labels,
    ModelReferences,
    ReferenceProvider,
    State,
    UnknownReferenceError,
    labels_for,
    providers,
    target_of,
)
from tests.toolkit.references.conftest import NOWHERE, loaded, pallet
from tests.toolkit.yard.sales.db.models import Load
from tests.toolkit.yard.stock import public as stock

pytestmark = pytest.mark.component("sales")


@pytest.fixture
def flooded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the database of the pallets be down."""

    def down(**_asked: object) -> Any:
        msg = "connection refused"
        raise OperationalError(msg)

    known = {"pallet": replace(stock.pallet_references, labels=down)}
    monkeypatch.setitem(providers._providers, get_component("stock"), known)


class TestTargets:
    def test_is_a_provider_in_the_public_of_a_component(self) -> None:
        assert target_of("stock.pallet") is stock.pallet_references

    def test_is_the_model_of_an_app_that_is_no_component(self) -> None:
        assert target_of("auth.User") == ModelReferences(User)

    @pytest.mark.parametrize(
        ("reference", "message"),
        [
            (
                "stock.PalletRow",
                "tests.toolkit.yard.stock.public has no ReferenceProvider 'PalletRow'. "
                "It has: pallet. Correct the name, or add it.",
            ),
            (
                "auth.Robot",
                "The app 'auth' has no model 'Robot'. It has: Group, Permission, User. "
                "Correct the name.",
            ),
        ],
    )
    def test_may_be_missing(self, reference: str, message: str) -> None:
        with pytest.raises(UnknownReferenceError) as caught:
            target_of(reference)

        assert str(caught.value) == message

    def test_is_not_a_user_that_was_swapped(self) -> None:
        swapped = override_settings(AUTH_USER_MODEL="people.Person")
        with swapped, pytest.raises(UnknownReferenceError) as caught:
            target_of("auth.User")

        assert str(caught.value) == (
            "auth.User has been swapped for people.Person. "
            "Write ReferenceField(settings.AUTH_USER_MODEL)."
        )


class TestLabels:
    def test_tell_known_ids_from_those_that_are_nowhere(self) -> None:
        one = pallet("A", 1)

        found = labels_for("stock.pallet", [one, NOWHERE])

        known, dangling = found[str(one)], found[str(NOWHERE)]
        assert (known.text, known.state) == ("Pallet A", State.KNOWN)
        assert (dangling.text, dangling.state) == (f"unknown pallet {NOWHERE}", State.DANGLING)

    def test_lead_to_a_page_unless_they_dangle(self) -> None:
        one = pallet("A", 1)

        found = labels_for("stock.pallet", [one, NOWHERE])

        assert found[str(one)].url() == f"/admin/stock/palletrow/{one}/change/"
        assert found[str(NOWHERE)].url() is None

    def test_call_the_rows_of_a_legacy_model_by_their_str(self) -> None:
        user = User.objects.create_user("clerk")

        label = labels_for("auth.User", [user.pk])[str(user.pk)]

        assert (label.text, label.url()) == ("clerk", f"/admin/auth/user/{user.pk}/change/")

    def test_lead_to_a_page_whatever_an_id_is_made_of(self) -> None:
        label = Label("Ticket", State.KNOWN, "admin:stock_ticketrow_change", "7/a b")
        page = Label("Ticket", State.KNOWN, "admin:stock_palletrow_change", "7/a b")

        assert label.url() is None  # no such page
        assert page.url() == "/admin/stock/palletrow/7_2Fa%20b/change/"

    def test_are_asked_for_in_one_call(self, calls: list[str]) -> None:
        keys = [pallet("A", 1), pallet("B", 2), pallet("C", 3)]
        labels = Labels()
        labels.expect(lambda: [("stock.pallet", key) for key in keys[1:]])
        labels.expect(lambda: [("auth.User", 1)])

        texts = [labels.of("stock.pallet", key).text for key in keys]

        assert texts == ["Pallet A", "Pallet B", "Pallet C"]
        assert calls == ["label_pallets"]

    def test_keep_what_others_expect(self, calls: list[str]) -> None:
        keys = [pallet("A", 1), pallet("B", 2)]
        labels = Labels()
        labels.expect(lambda: [("stock.pallet", key) for key in keys])

        labels.of("auth.User", 1)
        texts = [labels.of("stock.pallet", key).text for key in keys]

        assert texts == ["Pallet A", "Pallet B"]
        assert calls == ["label_pallets"]

    @pytest.mark.usefixtures("flooded")
    def test_are_ids_while_a_database_is_down(self, caplog: pytest.LogCaptureFixture) -> None:
        label = labels_for("stock.pallet", [NOWHERE])[str(NOWHERE)]

        assert (label.text, label.state) == (f"pallet {NOWHERE}", State.UNREACHABLE)
        [record] = caplog.records
        assert record.getMessage() == "stock.pallet can't be asked what 1 ids are called."


class LoadForm(forms.ModelForm):  # type: ignore[type-arg]
    class Meta:
        model = Load
        fields = ("tour", "pallet_id", "driver_id", "weight")


class TestForm:
    def test_takes_an_id_that_is_there(self) -> None:
        form = LoadForm({"tour": loaded().pk, "pallet_id": str(pallet("A", 1)), "weight": 1})

        assert form.is_valid(), form.errors
        assert form.cleaned_data["pallet_id"] == UUID(int=1)

    @pytest.mark.parametrize(
        ("given", "error"),
        [
            (
                {"pallet_id": str(NOWHERE)},
                {"pallet_id": [f"No pallet has the id {NOWHERE}. Choose one that exists."]},
            ),
            ({"driver_id": "7"}, {"driver_id": ["No user has the id 7. Choose one that exists."]}),
            ({"pallet_id": "<b>"}, {"pallet_id": ["Enter a valid UUID."]}),
            ({"pallet_id": ""}, {"pallet_id": ["This field is required."]}),
        ],
    )
    def test_refuses_what_is_not(self, given: dict[str, str], error: dict[str, list[str]]) -> None:
        data = {"tour": loaded().pk, "pallet_id": str(pallet("A", 1)), "weight": 1, **given}

        form = LoadForm(data)

        assert form.errors == error

    @pytest.mark.usefixtures("flooded")
    def test_refuses_what_can_not_be_checked(self) -> None:
        form = LoadForm({"tour": loaded().pk, "pallet_id": str(NOWHERE), "weight": 1})

        assert form.errors == {
            "pallet_id": [
                f"It can't be told just now whether the pallet {NOWHERE} exists. Try again later."
            ]
        }


class TestStart:
    def test_imports_no_public(self, run_python: Callable[..., str]) -> None:
        loaded_modules = run_python(
            """
            import sys
            from django.conf import settings
            settings.configure(
                INSTALLED_APPS=[
                    "bulkhead", "django.contrib.auth", "django.contrib.contenttypes",
                    "tests.toolkit.yard.stock", "tests.toolkit.yard.sales",
                ],
            )
            import django
            django.setup()
            print("tests.toolkit.yard.sales.db.models" in sys.modules)
            print("tests.toolkit.yard.stock.public" in sys.modules)
            """
        )

        assert loaded_modules.split() == ["True", "False"]


def test_a_provider_may_name_several_permissions_or_none() -> None:
    one = replace(stock.pallet_references, permission=("stock.a", "stock.b"))
    none = replace(stock.pallet_references, permission=None)

    assert isinstance(one, ReferenceProvider)
    assert (one.permissions, none.permissions) == (("stock.a", "stock.b"), ())
