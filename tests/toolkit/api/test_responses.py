"""How an endpoint's result becomes bytes."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

import pytest
from django.core.files.base import ContentFile
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils.functional import lazystr
from ninja.pagination import paginate
from ninja.renderers import BaseRenderer
from pydantic import PlainSerializer
from pydantic_core import PydanticSerializationError

from bulkhead.api import ComponentAPI, Field, Router, Schema, Status
from bulkhead.api.responses import JSONRenderer

MOMENT = datetime(2026, 1, 2, 3, 4, 5, 678901, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Slip:
    length: Decimal
    since: datetime = MOMENT


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedSlip(Slip):
    keeper: str = "secret"


class SlipOut(Schema):
    length: Decimal = Field(alias="lengthInMetres", default=Decimal(0))
    note: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    lengthInMetres: str  # noqa: N815 - the alias
    secret: str = "secret"


class TestFastPath:
    def test_writes_a_dataclass_with_its_microseconds(self) -> None:
        def view(request: HttpRequest) -> Slip:
            return Slip(length=Decimal("1.50"))

        assert _content(view) == b'{"length":"1.50","since":"2026-01-02T03:04:05.678901Z"}'

    def test_writes_lists_and_null(self) -> None:
        def view(request: HttpRequest) -> list[Slip | None]:
            return [Slip(length=Decimal(1)), None]

        assert _content(view) == (b'[{"length":"1","since":"2026-01-02T03:04:05.678901Z"},null]')

    def test_writes_no_field_that_is_not_declared(self) -> None:
        def view(request: HttpRequest) -> list[Slip]:
            return [GuardedSlip(length=Decimal(1))]

        assert b"secret" not in _content(view)

    def test_keeps_headers_and_status(self) -> None:
        def view(request: HttpRequest, response: HttpResponse) -> Status[Slip]:
            response["X-Berth"] = "7"
            response.set_cookie("berth", "7")
            return Status(202, Slip(length=Decimal(1)))

        response = _answer(view, response={202: Slip})

        assert (response.status_code, response["X-Berth"]) == (202, "7")
        assert response.cookies["berth"].value == "7"
        assert response["Content-Type"] == "application/json; charset=utf-8"

    def test_takes_the_only_status_that_is_declared(self) -> None:
        def view(request: HttpRequest) -> Slip:
            return Slip(length=Decimal(1))

        assert _answer(view, response={201: Slip}).status_code == 201

    def test_writes_what_stands_for_every_other_status(self) -> None:
        def view(request: HttpRequest) -> Status[Slip]:
            return Status(207, Slip(length=Decimal(1)))

        assert _answer(view, response={200: None, ...: Slip}).status_code == 207

    def test_writes_aliases_and_leaves_out_what_it_is_told_to(self) -> None:
        def view(request: HttpRequest) -> SlipOut:
            return SlipOut(lengthInMetres=Decimal(1))

        assert _content(view) == b'{"lengthInMetres":"1","note":null}'
        assert _content(view, exclude_none=True) == b'{"lengthInMetres":"1"}'
        assert _content(view, by_alias=False) == b'{"length":"1","note":null}'

    def test_follows_what_an_annotation_says_of_its_json(self) -> None:
        shout = PlainSerializer(lambda text: f"{text}!", return_type=str)

        def view(request: HttpRequest) -> str:
            return "ahoy"

        assert _content(view, response=Annotated[str, shout]) == b'"ahoy!"'


class TestConvertedResults:
    def test_are_validated_against_what_is_declared(self) -> None:
        def view(request: HttpRequest) -> Row:
            return Row(lengthInMetres="1.50")

        assert _content(view, response=SlipOut) == b'{"lengthInMetres":"1.50","note":null}'

    def test_are_refused_where_they_do_not_fit(self) -> None:
        def view(request: HttpRequest) -> str:
            return "no slip"

        response = _answer(view, response=Slip)

        assert response.status_code == 500
        assert b"no slip" not in response.content

    def test_may_be_paginated(self) -> None:
        @paginate
        def view(request: HttpRequest) -> Any:
            return [Slip(length=Decimal(length)) for length in range(3)]

        document = json.loads(_content(view, "?limit=1&offset=1", response=list[Slip]))

        assert document == {
            "items": [{"length": "1", "since": "2026-01-02T03:04:05.678901Z"}],
            "count": 3,
        }


class TestResultsLeftAlone:
    def test_are_responses_made_by_hand(self) -> None:
        def view(request: HttpRequest) -> HttpResponse:
            return HttpResponse("by hand", status=203)

        response = _answer(view, response=Slip)

        assert (response.status_code, response.content) == (203, b"by hand")

    def test_are_empty_ones(self) -> None:
        def view(request: HttpRequest) -> None:
            return None

        response = _answer(view)

        assert (response.status_code, response.content) == (204, b"")

    def test_are_those_of_an_api_with_a_renderer_of_its_own(self) -> None:
        class Shouting(BaseRenderer):
            media_type = "text/plain"

            def render(self, request: HttpRequest, data: Any, *, response_status: int) -> str:
                return f"{data['length']}!"

        def view(request: HttpRequest) -> Slip:
            return Slip(length=Decimal(1))

        assert _answer(view, api=ComponentAPI(auth=None, renderer=Shouting())).content == b"1!"


class TestNinjasFeatures:
    def test_stream(self, trusted: Client) -> None:
        response = trusted.get("/api/workshop/stream")

        lines = response.getvalue().splitlines()
        assert response["Content-Type"] == "application/jsonl"
        assert [json.loads(line)["number"] for line in lines] == ["A-1", "A-1"]

    def test_take_files(self, trusted: Client) -> None:
        response = trusted.post("/api/workshop/files", {"file": ContentFile(b"abc", "a.txt")})

        assert response.json() == {"size": 3}


class TestJSONRenderer:
    def test_writes_what_has_no_declared_type(self) -> None:
        data = {UUID(int=1): [lazystr("soon"), timedelta(seconds=1), float("nan")]}

        content = JSONRenderer().render(HttpRequest(), data, response_status=200)

        assert content == b'{"00000000-0000-0000-0000-000000000001":["soon","PT1S",null]}'

    def test_refuses_what_is_no_data(self) -> None:
        with pytest.raises(PydanticSerializationError) as refused:
            JSONRenderer().render(HttpRequest(), {"it": object()}, response_status=200)

        assert str(refused.value) == (
            "Error serializing to JSON: "
            "TypeError: object can't be written as JSON: declare the endpoint's response."
        )


def _content(view: Any, query: str = "", **options: Any) -> bytes:
    response = _answer(view, query, **options)
    assert response.status_code == 200
    return response.content


def _answer(
    view: Any,
    query: str = "",
    *,
    api: ComponentAPI | None = None,
    **options: Any,
) -> HttpResponse:
    router = Router()
    router.get("/slips", **options)(view)
    api = api or ComponentAPI(auth=None)
    api.add_router("", router)
    [operation] = api.operations()
    response = operation.run(RequestFactory().get(f"/slips{query}"))
    assert isinstance(response, HttpResponse)
    return response
