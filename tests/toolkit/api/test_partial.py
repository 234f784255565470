"""Changes that tell what was not sent from what was sent as null."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any

import pytest
from django.http import HttpRequest

from bulkhead.api import ANYONE, Absent, ComponentAPI, Field, Router, Schema
from tests.toolkit.api.calling import calling


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    amount: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    title: Annotated[str, Field(max_length=9)] | Absent = Absent.ABSENT
    note: str | Absent | None = Absent.ABSENT
    due_on: Annotated[date | None, Field(description="When.")] | Absent = Absent.ABSENT
    weight: Weight | Absent = Absent.ABSENT
    sums: list[Decimal] | Absent = Absent.ABSENT


class ChangesOfAModel(Schema):
    title: Annotated[str, Field(max_length=9)] | Absent = Absent.ABSENT
    note: str | Absent | None = Absent.ABSENT
    due_on: date | Absent | None = Field(Absent.ABSENT, description="When.")
    weight: Weight | Absent = Absent.ABSENT
    sums: list[Decimal] | Absent = Absent.ABSENT


def change(request: HttpRequest, changes: Changes) -> dict[str, str]:
    return told(changes)


def change_by_model(request: HttpRequest, changes: ChangesOfAModel) -> dict[str, str]:
    return told(changes)


def told(changes: Any) -> dict[str, str]:
    names = ("title", "note", "due_on", "weight", "sums")
    return {
        name: repr(getattr(changes, name))
        for name in names
        if getattr(changes, name) is not Absent.ABSENT
    }


def api_of(view: Any) -> ComponentAPI:
    api = ComponentAPI(title="Changes", auth=ANYONE)
    router = Router()
    router.patch("/thing", if_match=False)(view)
    api.add_router("", router)
    return api


@pytest.fixture(params=[change, change_by_model])
def api(request: pytest.FixtureRequest) -> ComponentAPI:
    return api_of(request.param)


def sent(api: ComponentAPI, body: object) -> Any:
    with calling(api) as client:
        return client.patch("/api/thing", json.dumps(body), content_type="application/json")


class TestAbsent:
    @pytest.mark.parametrize(
        ("body", "expected"),
        [
            ({}, {}),
            ({"title": "x"}, {"title": "'x'"}),
            ({"title": "absent"}, {"title": "'absent'"}),
            ({"note": None}, {"note": "None"}),
            ({"note": "", "due_on": None}, {"note": "''", "due_on": "None"}),
            ({"weight": {"amount": 1}}, {"weight": "Weight(amount=1)"}),
            ({"sums": []}, {"sums": "[]"}),
        ],
    )
    def test_is_what_was_not_sent(
        self, api: ComponentAPI, body: object, expected: dict[str, str]
    ) -> None:
        assert sent(api, body).json() == expected

    @pytest.mark.parametrize(
        ("body", "pointer", "code"),
        [
            ({"title": None}, "#/title", "string_type"),
            ({"title": "0123456789"}, "#/title", "string_too_long"),
            ({"note": 1}, "#/note", "string_type"),
            ({"weight": "absent"}, "#/weight", "dataclass_type"),
            ({"weight": {"amount": 1, "x": 1}}, "#/weight/x", "extra_forbidden"),
            ({"sums": ["x"]}, "#/sums/0", "decimal_parsing"),
        ],
    )
    def test_is_not_spoken_of_where_something_does_not_fit(
        self, api: ComponentAPI, body: object, pointer: str, code: str
    ) -> None:
        response = sent(api, body)

        errors = [(error["pointer"], error["code"]) for error in response.json()["errors"]]
        assert (response.status_code, errors) == (422, [(pointer, code)])

    def test_counts_as_nothing(self) -> None:
        assert not Absent.ABSENT
        assert repr(Changes()).startswith("Changes(title=Absent.ABSENT, note=Absent.ABSENT")


class TestDocument:
    def test_says_what_may_be_left_out_and_what_may_be_null(self, api: ComponentAPI) -> None:
        schemas = api.get_openapi_schema(path_prefix="")["components"]["schemas"]

        [schema] = [schemas[name] for name in schemas if name.startswith("Changes")]
        assert "required" not in schema
        assert schema["properties"] == {
            "title": {"title": "Title", "type": "string", "maxLength": 9},
            "note": {"title": "Note", "anyOf": [{"type": "string"}, {"type": "null"}]},
            "due_on": {
                "title": "Due On",
                "description": "When.",
                "anyOf": [{"type": "string", "format": "date"}, {"type": "null"}],
            },
            "weight": {"allOf": [{"$ref": "#/components/schemas/Weight"}]},
            "sums": schema["properties"]["sums"],
        }
        assert schema["properties"]["sums"]["type"] == "array"
        assert "default" not in schema["properties"]["sums"]
