"""Numbers that a float can not hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import pytest
from django.http import HttpRequest

from bulkhead.api import ComponentAPI, Field, Form, Query, Schema
from tests.toolkit.api.calling import calling


@dataclass(frozen=True, slots=True, kw_only=True)
class ProbeIn:
    length: float = 0
    lengths: list[float] | None = None
    anything: Any = None


class Lengths(Schema):
    least: float = 0
    most: Annotated[float, Field(allow_inf_nan=True)] = 0


def probe(request: HttpRequest, probe: ProbeIn) -> str:
    return f"{probe.length}"


def find(request: HttpRequest, lengths: Query[Lengths]) -> str:
    return f"{lengths.most}"


def fill_in(request: HttpRequest, length: Form[float]) -> str:
    return f"{length}"


@pytest.fixture
def api() -> ComponentAPI:
    api = ComponentAPI(title="Probes", auth=None)
    api.default_router.post("/probes")(probe)
    api.default_router.get("/probes")(find)
    api.default_router.post("/forms")(fill_in)
    return api


def told(response: Any) -> tuple[int, list[dict[str, str]]]:
    return response.status_code, response.json()["errors"]


def refused(location: str, pointer: str) -> tuple[int, list[dict[str, str]]]:
    error = {"location": location, "pointer": pointer}
    return 422, [{**error, "code": "finite_number", "detail": "Input should be a finite number"}]


class TestInfinity:
    @pytest.mark.parametrize(
        "number",
        ["1e400", "-1E+0400", f"{'9' * 309}.0", f"{'9' * 250}e99", "0.1e310"],
        ids=["short", "signed", "long", "half and half", "fraction"],
    )
    @pytest.mark.parametrize(
        ("body", "pointer"),
        [
            ('{"length": %s}', "#/length"),
            ('{"lengths": [1, %s]}', "#/lengths/1"),
            ('{"anything": {"a": [%s]}}', "#/anything/a/0"),
        ],
    )
    def test_is_refused_where_a_body_means_it(
        self, api: ComponentAPI, body: str, pointer: str, number: str
    ) -> None:
        with calling(api) as client:
            response = client.post("/api/probes", body % number, content_type="application/json")

        assert told(response) == refused("body", pointer)

    @pytest.mark.parametrize("number", ["inf", "-Infinity", "nan", "1e400"])
    def test_is_refused_in_texts_that_are_read_as_numbers(
        self, api: ComponentAPI, number: str
    ) -> None:
        with calling(api) as client:
            sent = client.post("/api/probes", {"length": number}, content_type="application/json")
            found = client.get("/api/probes", {"least": number})
            filled_in = client.post("/api/forms", {"length": number})

        assert told(sent) == refused("body", "#/length")
        assert told(found) == refused("query", "#/least")
        assert told(filled_in) == refused("form", "#/length")

    def test_is_taken_where_a_field_says_so(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.get("/api/probes?most=inf")

        assert response.json() == "inf"

    @pytest.mark.parametrize(
        "number",
        ["1e308", "1e-400", "-1.5", f"{'1' * 200}"],
        ids=["large", "tiny", "usual", "long"],
    )
    def test_is_nothing_that_only_looks_like_it(self, api: ComponentAPI, number: str) -> None:
        with calling(api) as client:
            body = f'{{"length": {number}, "anything": "1e400"}}'
            response = client.post("/api/probes", body, content_type="application/json")

        assert response.json() == f"{float(number)}"
