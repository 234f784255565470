"""How an action of the admin finds its way to a service."""

from __future__ import annotations

from uuid import UUID

import pytest
from django.contrib.admin import site
from django.db import IntegrityError
from django.http import HttpRequest

from bulkhead.admin import ServiceActionError, service_action
from bulkhead.admin.refusals import refusal_of
from tests.toolkit.yard.stock.db.models import PalletRow
from tests.toolkit.yard.stock.db.repositories import PalletNotFoundError
from tests.toolkit.yard.stock.domain.pallets import PalletShippedError


def close(*, pallet_id: UUID, on: str = "") -> None: ...


def reject(*, pallet_id: UUID, reason: str) -> None: ...


async def wait(*, pallet_id: UUID) -> None: ...


def close_all() -> None: ...


def ship(*, order_id: int, pallet_id: int) -> None: ...


class TestServiceAction:
    def test_takes_the_only_required_parameter_as_key(self) -> None:
        assert service_action(close, label="Close").problem is None

    def test_takes_another_key_where_it_is_named(self) -> None:
        action = service_action(
            ship, label="Ship", key="pallet_id", given={"order_id": lambda _request: 1}
        )

        assert action.problem is None

    def test_names_itself_after_the_service(self) -> None:
        assert service_action(close, label="Close").__name__ == "close"

    def test_takes_another_name(self) -> None:
        assert service_action(close, label="Close", name="shut").__name__ == "shut"

    def test_names_what_is_left_to_be_given(self) -> None:
        problem = service_action(reject, label="Reject").problem

        assert problem is not None
        assert problem.text == (
            "tests.toolkit.admin.test_actions.reject has more than the row's key to be given, "
            "or no key: pallet_id, reason."
        )
        assert problem.hint == (
            "Name the key with key=..., and give the others: given={...: lambda request: ...}."
        )

    def test_misses_the_key(self) -> None:
        problem = service_action(close_all, label="Close").problem

        assert problem is not None
        assert problem.text == (
            "tests.toolkit.admin.test_actions.close_all has more than the row's key to be given, "
            "or no key: none."
        )

    def test_names_what_the_service_does_not_take(self) -> None:
        problem = service_action(close, label="Close", given={"of": str}).problem

        assert problem is not None
        assert problem.text == (
            "tests.toolkit.admin.test_actions.close takes no of. It takes: on, pallet_id."
        )
        assert problem.hint == "Correct the name, or drop it."

    def test_refuses_a_coroutine_function(self) -> None:
        problem = service_action(wait, label="Wait").problem

        assert problem is not None
        assert problem.text == "tests.toolkit.admin.test_actions.wait is a coroutine function."
        assert problem.hint == "Give a plain function that does the work."

    @pytest.mark.component("stock")
    def test_says_so_when_it_is_called_all_the_same(self) -> None:
        action = service_action(reject, label="Reject")
        pallet_admin = site.get_model_admin(PalletRow)

        with pytest.raises(ServiceActionError) as caught:
            action._apply(pallet_admin, HttpRequest(), PalletRow())

        assert str(caught.value).startswith("tests.toolkit.admin.test_actions.reject has more")


class TestRefusals:
    def test_are_domain_errors(self) -> None:
        assert refusal_of(PalletShippedError("P-1")) == "Pallet P-1 is shipped."

    def test_without_a_message_bear_their_name(self) -> None:
        error = PalletShippedError("P-1")
        error.args = ()

        assert refusal_of(error) == "Pallet shipped."

    def test_are_constraints_that_no_rule_has_foreseen(self) -> None:
        assert refusal_of(IntegrityError("UNIQUE")) == (
            "It can't be stored like this beside what is stored already: something that may stand "
            "there once would stand twice, or something it needs is missing. Look for what is the "
            "same; to exchange two values, save in two steps."
        )

    def test_are_missing_aggregates(self) -> None:
        assert refusal_of(PalletNotFoundError("Pallet", 1)) == "No Pallet has the key 1."

    @pytest.mark.parametrize("error", [ValueError("x"), KeyError("x")])
    def test_are_no_bugs(self, error: Exception) -> None:
        assert refusal_of(error) is None
