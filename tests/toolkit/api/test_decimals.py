"""Decimals of an absurd size, which are short to send and take gigabytes to write out."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from typing import Annotated, Any

import pytest
from django.http import HttpRequest
from ninja import Router as NinjaRouter

from bulkhead.api import Body, ComponentAPI, Field, Form, Header, Query, Schema
from tests.toolkit.api.calling import calling, document_of

HUGE = ["1e999999999", "1e-999999999", "0e999999999", "0e-999999999", "1e100", "-1e-101"]
FITTING = ["1e99", "1e-100", f"{'9' * 100}.{'9' * 100}", "-12.50", "0", "1.50e3"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    weight: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadsIn:
    loads: list[Load] = field(default_factory=list)
    by_name: dict[str, Decimal | None] = field(default_factory=dict)
    long: Annotated[Decimal, Field(max_digits=300, decimal_places=0)] = Decimal(0)


class Weights(Schema):
    least: Decimal = Decimal(0)
    most: Annotated[Decimal, Field(gt=0)] | None = None


trains = NinjaRouter()


class Train(Schema):
    wagon: Wagon


@trains.post("/trains")
def take_train(request: HttpRequest, train: Train) -> str:
    return str(train.wagon.weight)


class Wagon(Schema):
    weight: Decimal


def take(request: HttpRequest, loads: LoadsIn) -> str:
    return str(loads.long)


def find(
    request: HttpRequest, weights: Query[Weights], limit: Header[Decimal | None] = None
) -> str:
    return f"{weights.least}"


def show(request: HttpRequest, weight: Decimal) -> Decimal:
    return weight


def fill_in(request: HttpRequest, weight: Form[Decimal]) -> str:
    return f"{weight}"


def fill_in_both(request: HttpRequest, note: Form[str], load: Body[Load]) -> str:
    return f"{load.weight}{note}"


@pytest.fixture
def api() -> ComponentAPI:
    api = ComponentAPI(title="Loads", auth=None)
    api.default_router.post("/loads")(take)
    api.default_router.get("/loads")(find)
    api.default_router.get("/loads/{weight}")(show)
    api.default_router.post("/forms")(fill_in)
    api.default_router.post("/both")(fill_in_both)
    return api


class TestSize:
    @pytest.mark.parametrize("number", HUGE)
    def test_is_limited_in_a_body_at_every_depth(self, api: ComponentAPI, number: str) -> None:
        body = {"loads": [{"weight": 1}, {"weight": number}], "by_name": {"a": None, "b": number}}

        with calling(api) as client:
            response = client.post("/api/loads", body, content_type="application/json")

        assert _errors(response) == [
            _refused("body", "#/loads/1/weight"),
            _refused("body", "#/by_name/b"),
        ]

    @pytest.mark.parametrize("number", HUGE)
    def test_is_limited_in_parameters(self, api: ComponentAPI, number: str) -> None:
        with calling(api) as client:
            found = client.get("/api/loads", {"least": number}, headers={"limit": number})
            shown = client.get(f"/api/loads/{number}")
            filled_in = client.post("/api/forms", {"weight": number})

        assert _errors(found) == [_refused("query", "#/least"), _refused("header", "#/limit")]
        assert _errors(shown) == [_refused("path", "#/weight")]
        assert _errors(filled_in) == [_refused("form", "#/weight")]

    def test_is_limited_in_a_body_beside_a_form(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            sent = {"note": "x", "load": '{"weight": "1e999999999"}'}
            response = client.post("/api/both", sent)

        assert _errors(response) == [_refused("body", "#/load/weight")]

    def test_is_limited_where_a_field_has_other_limits(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.get("/api/loads", {"most": "1e999999999"})

        assert _errors(response) == [_refused("query", "#/most")]

    def test_is_limited_for_routers_of_the_framework(self) -> None:
        router, api = NinjaRouter(), ComponentAPI(title="Loads", auth=None)
        router.post("/loads")(take_weights)
        api.add_router("", router)

        with calling(api) as client:
            body = {"least": "1e999999999"}
            response = client.post("/api/loads", body, content_type="application/json")

        assert _errors(response) == [_refused("body", "#/least")]

    def test_is_limited_in_what_was_defined_later(self) -> None:
        api = ComponentAPI(title="Loads", auth=None)
        api.add_router("", trains)

        with calling(api) as client:
            body = {"wagon": {"weight": "1e999999999"}}
            response = client.post("/api/trains", body, content_type="application/json")

        assert _errors(response) == [_refused("body", "#/wagon/weight")]

    def test_may_be_more_where_a_field_says_so(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            sent = [
                client.post("/api/loads", {"long": "9" * length}, content_type="application/json")
                for length in (300, 301)
            ]

        assert [response.status_code for response in sent] == [200, 422]

    @pytest.mark.parametrize("number", FITTING)
    def test_of_what_people_reckon_with_is_no_matter(self, api: ComponentAPI, number: str) -> None:
        with calling(api) as client:
            response = client.get(f"/api/loads/{number}")

        assert response.json() == str(Decimal(number))

    def test_leaves_the_document_as_it_is(self, api: ComponentAPI) -> None:
        [parameter] = document_of(api, "/loads/{weight}")["parameters"]

        assert "decimal_size" not in str(parameter)
        assert parameter["schema"]["anyOf"][0] == {"type": "number"}


def take_weights(request: HttpRequest, weights: Weights) -> str:
    return f"{weights.least}"


def _refused(location: str, pointer: str) -> dict[str, str]:
    return {
        "location": location,
        "pointer": pointer,
        "code": "decimal_size",
        "detail": "Decimal input should have at most 100 digits before the decimal point, "
        "and as many after it",
    }


def _errors(response: Any) -> Any:
    assert response.status_code == 422, response.content
    return response.json()["errors"]
