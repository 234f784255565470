"""Every endpoint of the reference project: what it accepts, and whom and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.test import Client

from tests.api.endpoints import Endpoint, endpoints, send
from tests.api.stored import stored
from tests.api.ways import known_ways, way_to
from tests.components.conftest import CSRF_TOKEN

pytestmark = pytest.mark.component("budgeting", "contracting", "invoicing")

ALL = endpoints()
UNSAFE = [each for each in ALL if not each.is_safe]
PAGED = [each for each in ALL if "after" in {found["name"] for found in each.details["parameters"]}]
CHANGING = [each for each in ALL if each.takes("If-Match")]
PRICED = [
    each
    for each in CHANGING
    if each.id.endswith(
        ("plan_line", "revise_line", "shift_budget", "line_item", "change_order", "correct_invoice")
    )
    and "requestBody" in each.details
]


def cursor_of(client: Client, endpoint: Endpoint) -> str:
    """Return the cursor of the second page, of which the first has one item."""
    way_to(endpoint.id)
    way_to(endpoint.id)
    cursor: str = client.get(endpoint.path, {"size": 1}).json()["next_cursor"]
    return cursor


def refused(response: Any, status: int) -> dict[str, Any]:
    problem: dict[str, Any] = response.json()
    assert (response.status_code, problem["status"]) == (status, status)
    assert response["Content-Type"] == "application/problem+json"
    return problem


class TestAll:
    def test_have_a_way_that_is_tried(self) -> None:
        assert {each.id for each in ALL} == known_ways()

    @pytest.mark.parametrize("endpoint", ALL, ids=str)
    def test_accept_a_request_that_fits(self, trusted: Client, endpoint: Endpoint) -> None:
        way = way_to(endpoint.id)

        assert send(trusted, endpoint, way).status_code == way.status

    @pytest.mark.parametrize("endpoint", ALL, ids=str)
    def test_refuse_who_has_not_signed_in(self, client: Client, endpoint: Endpoint) -> None:
        refused(send(client, endpoint, way_to(endpoint.id)), 401)

    @pytest.mark.parametrize("endpoint", ALL, ids=str)
    def test_refuse_who_has_no_permission(self, client: Client, endpoint: Endpoint) -> None:
        client.force_login(User.objects.create_user("guest"))

        problem = refused(send(client, endpoint, way_to(endpoint.id)), 403)

        assert problem["type"] == "urn:problem:bulkhead:PermissionRequired"


class TestCurrency:
    @pytest.mark.parametrize("endpoint", PRICED, ids=str)
    def test_is_the_one_of_what_is_changed(self, trusted: Client, endpoint: Endpoint) -> None:
        way, before = way_to(endpoint.id), stored()

        refused(send(trusted, endpoint, replace(way, body=_in_dollars(way.body))), 409)

        assert stored() == before


class TestCrossSite:
    @pytest.mark.parametrize("endpoint", UNSAFE, ids=str)
    def test_refuse_a_request_without_the_token(self, trusted: Client, endpoint: Endpoint) -> None:
        way, before = way_to(endpoint.id), stored()
        del trusted.defaults["HTTP_X_CSRFTOKEN"]

        problem = refused(send(trusted, endpoint, way), 403)

        assert problem["type"] == "urn:problem:bulkhead:CsrfFailedError"
        assert stored() == before

    @pytest.mark.parametrize("endpoint", UNSAFE, ids=str)
    @pytest.mark.parametrize(
        "headers",
        [
            {"Origin": "https://elsewhere.example"},
            {"Origin": "null"},
            {"X-CSRFToken": "s" * len(CSRF_TOKEN)},
        ],
        ids=["foreign", "null", "token"],
    )
    def test_refuse_a_request_of_a_foreign_site(
        self, trusted: Client, endpoint: Endpoint, headers: dict[str, str]
    ) -> None:
        way, before = way_to(endpoint.id), stored()

        problem = refused(send(trusted, endpoint, way, **headers), 403)

        assert problem["type"] == "urn:problem:bulkhead:CsrfFailedError"
        assert stored() == before

    @pytest.mark.parametrize("endpoint", UNSAFE, ids=str)
    @pytest.mark.parametrize(
        "media_type", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]
    )
    def test_refuse_what_a_form_of_a_foreign_site_could_send(
        self, trusted: Client, endpoint: Endpoint, media_type: str
    ) -> None:
        way, before = way_to(endpoint.id), stored()

        response = trusted.generic(
            endpoint.method.upper(),
            endpoint.path.format(**way.path),
            "a=b",
            content_type=media_type,
            headers={"Origin": "https://elsewhere.example"},
        )

        refused(response, 403)
        assert stored() == before


class TestCursors:
    """A cursor is of use to nobody but the user it was given to, for the list it is of."""

    @pytest.mark.parametrize("endpoint", PAGED, ids=str)
    def test_go_on_for_whom_they_were_given_to(self, trusted: Client, endpoint: Endpoint) -> None:
        cursor = cursor_of(trusted, endpoint)

        response = trusted.get(f"{endpoint.path}?size=1&after={cursor}")

        assert len(response.json()["items"]) == 1

    @pytest.mark.parametrize("endpoint", PAGED, ids=str)
    def test_that_are_stolen_are_refused(self, trusted: Client, endpoint: Endpoint) -> None:
        cursor = cursor_of(trusted, endpoint)
        thief = User.objects.create_superuser("thief")
        trusted.force_login(thief)

        response = trusted.get(f"{endpoint.path}?size=1&after={cursor}")

        assert refused(response, 400)["type"] == "urn:problem:bulkhead:BadCursorError"

    @pytest.mark.parametrize("endpoint", PAGED, ids=str)
    def test_of_another_list_are_refused(self, trusted: Client, endpoint: Endpoint) -> None:
        cursor = cursor_of(trusted, endpoint)
        other = next(each for each in PAGED if each.id != endpoint.id)

        response = trusted.get(f"{other.path}?size=1&after={cursor}")

        assert refused(response, 400)["type"] == "urn:problem:bulkhead:BadCursorError"

    @pytest.mark.parametrize("endpoint", PAGED, ids=str)
    def test_of_another_order_are_refused(self, trusted: Client, endpoint: Endpoint) -> None:
        cursor = cursor_of(trusted, endpoint)
        orders = endpoint.parameter("order_by")["schema"]["enum"]

        for order in orders[1:]:
            response = trusted.get(f"{endpoint.path}?size=1&after={cursor}&order_by={order}")
            assert refused(response, 400)["type"] == "urn:problem:bulkhead:BadCursorError"
        assert len(orders) > 1

    @pytest.mark.parametrize("endpoint", PAGED, ids=str)
    def test_that_are_forged_are_refused(self, trusted: Client, endpoint: Endpoint) -> None:
        cursor = cursor_of(trusted, endpoint)
        forged = cursor[:-1] + ("b" if cursor[-1] == "a" else "a")

        response = trusted.get(f"{endpoint.path}?size=1&after={forged}")

        assert refused(response, 400)["type"] == "urn:problem:bulkhead:BadCursorError"


class TestVersions:
    """An endpoint changes what the client has seen, or nothing."""

    def test_are_asked_for_by_every_endpoint_that_changes_an_aggregate(self) -> None:
        assert [each.id for each in UNSAFE if not each.takes("If-Match")] == [
            "contracting_draft_contract",
            "invoicing_submit_invoice",
            "budgeting_open_budget",
        ]

    @pytest.mark.parametrize("endpoint", CHANGING, ids=str)
    def test_are_needed(self, trusted: Client, endpoint: Endpoint) -> None:
        way, before = way_to(endpoint.id), stored()

        refused(send(trusted, endpoint, replace(way, aggregate=None)), 428)

        assert stored() == before

    @pytest.mark.parametrize("endpoint", CHANGING, ids=str)
    @pytest.mark.parametrize("step", [-1, 1])
    def test_of_another_time_are_refused(
        self, trusted: Client, endpoint: Endpoint, step: int
    ) -> None:
        way, before = way_to(endpoint.id), stored()
        assert way.aggregate is not None
        version = way.aggregate.version
        other = str(way.tag).replace(f':{version}"', f':{version + step}"')

        problem = refused(send(trusted, endpoint, way, **{"If-Match": other}), 412)

        assert problem["type"] == "urn:problem:bulkhead:StaleAggregateError"
        assert trusted.get(problem["current"]).json()["id"] == str(way.aggregate.id)
        assert stored() == before

    @pytest.mark.parametrize("endpoint", CHANGING, ids=str)
    def test_of_another_thing_are_refused(self, trusted: Client, endpoint: Endpoint) -> None:
        way, other = way_to(endpoint.id), way_to(endpoint.id)
        assert way.aggregate is not None
        assert other.aggregate is not None
        assert way.aggregate.version == other.aggregate.version
        before = stored()

        problem = refused(send(trusted, endpoint, way, **{"If-Match": str(other.tag)}), 412)

        assert problem["type"] == "urn:problem:bulkhead:OtherResource"
        assert stored() == before

    @pytest.mark.parametrize("endpoint", CHANGING, ids=str)
    def test_of_another_kind_are_refused(self, trusted: Client, endpoint: Endpoint) -> None:
        way, before = way_to(endpoint.id), stored()
        kind = str(way.tag).partition(":")[0].strip('"')
        other = "invoicing.Invoice" if kind != "invoicing.Invoice" else "contracting.Contract"

        problem = refused(
            send(trusted, endpoint, way, **{"If-Match": str(way.tag).replace(kind, other)}), 412
        )

        assert problem["type"] == "urn:problem:bulkhead:OtherResource"
        assert stored() == before

    @pytest.mark.parametrize("endpoint", CHANGING, ids=str)
    def test_are_answered_with_what_was_changed(self, trusted: Client, endpoint: Endpoint) -> None:
        way = way_to(endpoint.id)

        response = send(trusted, endpoint, way)

        assert response.status_code == 204 or response["ETag"].endswith(
            f':{response.json()["version"]}"'
        )


def _in_dollars(body: Any) -> Any:
    if isinstance(body, dict):
        found = {name: _in_dollars(value) for name, value in body.items()}
        return found | ({"currency": "USD"} if "currency" in found else {})
    return [_in_dollars(each) for each in body] if isinstance(body, list) else body
