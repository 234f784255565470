"""Where errors point that are found in a branch of a union, or in a key."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any, Literal

import pytest
from django.http import HttpRequest
from ninja import Router as NinjaRouter

from bulkhead.api import ANYONE, ComponentAPI, Field, Header, Query, Router, Schema
from tests.toolkit.api.calling import calling


@dataclass(frozen=True, slots=True, kw_only=True)
class Cat:
    kind: Literal["cat"] = "cat"
    lives: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Dog:
    kind: Literal["dog"] = "dog"
    legs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ZooIn:
    either: int | list[ZooIn] = 0
    named: int | dict[str, int] = 0
    first: Annotated[int | list[int], Field(union_mode="left_to_right")] = 0
    told_apart: Annotated[Cat | Dog, Field(discriminator="kind")] | None = None
    size: Annotated[int, Field(ge=0)] | Literal["large"] | Annotated[int, Field(le=9)] = 0
    by_number: dict[int, int | bool] = field(default_factory=dict)


class Animal(Schema):
    name: Literal["ant"] | int


class Filters(Schema):
    age: int | list[float] = 0


def build(request: HttpRequest, zoo: ZooIn) -> int:
    return 0 if isinstance(zoo.either, int) else len(zoo.either)


def take_either(request: HttpRequest, animal: Cat | list[int]) -> int:
    return 0


def take_animal(request: HttpRequest, animal: Animal) -> int:
    return 0


def find(
    request: HttpRequest, filters: Query[Filters], limit: Header[int | Literal["none"]] = 1
) -> int:
    return 0


@pytest.fixture
def api() -> ComponentAPI:
    api, router, framework = ComponentAPI(title="Zoo", auth=ANYONE), Router(), NinjaRouter()
    router.post("/zoos")(build)
    router.post("/either")(take_either)
    router.get("/zoos")(find)
    framework.post("/animals")(take_animal)
    api.add_router("", router)
    api.add_router("", framework)
    return api


def pointers(response: Any) -> list[str]:
    assert response.status_code == 422, response.content
    return [error["pointer"] for error in response.json()["errors"]]


class TestLocations:
    @pytest.mark.parametrize(
        ("body", "found"),
        [
            ({"either": [{"either": "x"}]}, ["#/either", "#/either/0/either", "#/either/0/either"]),
            ({"either": [{"x": 1}]}, ["#/either", "#/either/0/x"]),
            ({"named": {"int": "x"}}, ["#/named", "#/named/int"]),
            ({"named": {"dict[str,int]": "x"}}, ["#/named", "#/named/dict%5Bstr%2Cint%5D"]),
            ({"first": ["x"]}, ["#/first", "#/first/0"]),
            ({"told_apart": {"kind": "cat", "lives": "x"}}, ["#/told_apart/lives"]),
            ({"told_apart": {"kind": "cat"}}, ["#/told_apart/lives"]),
            ({"told_apart": {"kind": "cow"}}, ["#/told_apart"]),
            ({"by_number": {"one": 1}}, ["#/by_number/one"]),
            ({"by_number": {"1": []}}, ["#/by_number/1", "#/by_number/1"]),
        ],
    )
    def test_are_places_in_the_body(
        self, api: ComponentAPI, body: dict[str, Any], found: list[str]
    ) -> None:
        with calling(api) as client:
            response = client.post("/api/zoos", body, content_type="application/json")

        assert pointers(response) == found

    def test_are_places_in_a_body_that_is_a_union_itself(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/either", ["x"], content_type="application/json")

        assert pointers(response) == ["#", "#/0"]

    def test_are_places_in_a_query_and_a_header(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.get("/api/zoos?age=1&age=x", headers={"limit": "y"})

        assert set(pointers(response)) == {"#/age", "#/age/1", "#/limit"}

    def test_are_places_for_routers_of_the_framework(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/animals", {"name": "x"}, content_type="application/json")

        assert pointers(response) == ["#/name", "#/name"]

    def test_have_each_error_once(self, api: ComponentAPI) -> None:
        with calling(api) as client:
            response = client.post("/api/zoos", {"size": "x"}, content_type="application/json")

        assert [error["code"] for error in response.json()["errors"]] == [
            "int_parsing",
            "literal_error",
        ]


class TestUnions:
    def test_take_what_they_took(self, api: ComponentAPI) -> None:
        body = {
            "either": [{"either": 2}, {"told_apart": {"kind": "dog", "legs": 4}}],
            "by_number": {"1": 2},
        }

        with calling(api) as client:
            response = client.post("/api/zoos", body, content_type="application/json")

        assert response.json() == 2
