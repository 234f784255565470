"""What endpoints take as their bodies."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import pytest
from django.http import HttpRequest
from ninja import Router as NinjaRouter
from pydantic import BaseModel, ConfigDict
from typing_extensions import TypedDict

from bulkhead.api import (
    ANYONE,
    Body,
    ComponentAPI,
    Field,
    File,
    Query,
    Router,
    Schema,
    UploadedFile,
)
from bulkhead.api.bodies import NoBodyError
from bulkhead.api.validators import UndefinedInputError
from tests.toolkit.api.calling import calling, document_of

if TYPE_CHECKING:
    from decimal import Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    amount: int
    unit: str = "kg"


class Box(BaseModel):
    """A model that says nothing of other fields."""

    weight: Weight
    note: str = ""


class Loose(BaseModel):
    """A model that takes whatever comes."""

    model_config = ConfigDict(extra="allow")

    name: str


class Crate(Schema):
    name: str


class Tag(TypedDict):
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """A parcel to be sent."""

    number: Annotated[str, Field(max_length=5)]
    weight: Weight
    box: Box | None = None
    weights: list[Weight] = field(default_factory=list)
    either: Weight | int = 0
    loose: Loose | None = None
    tags: dict[str, Tag] = field(default_factory=dict)
    within: Parcel | None = None

    def __post_init__(self) -> None:
        if self.number == "P-0":
            msg = "There is no parcel 0."
            raise ValueError(msg)


@dataclass
class Note:
    """A class that can change, which is no matter."""

    text: str


class Lost(Schema):
    weight: Decimal


def lose_a_box(request: HttpRequest, box: Lost) -> str:
    return f"{box.weight}"


stacks = Router()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """A class of a part that is defined below the endpoints that take it."""

    lowest: Slab
    others: list[Slab] = field(default_factory=list)


class Wall(Schema):
    slab: Slab


@stacks.post("/stacks")
def take_stack(request: HttpRequest, stack: Stack) -> str:
    return stack.lowest.stone


@stacks.post("/walls")
def take_wall(request: HttpRequest, wall: Wall) -> str:
    return wall.slab.stone


@stacks.post("/both")
def take_both(request: HttpRequest, stack: Stack, wall: Wall) -> str:
    return stack.lowest.stone + wall.slab.stone


@dataclass(frozen=True, slots=True, kw_only=True)
class Slab:
    stone: str


def send(request: HttpRequest, parcel: Parcel) -> dict[str, Any]:
    assert isinstance(parcel, Parcel)
    return {"number": parcel.number, "weight": asdict(parcel.weight)}


def send_many(request: HttpRequest, parcels: list[Parcel]) -> list[str]:
    return [parcel.number for parcel in parcels]


def send_with_a_note(request: HttpRequest, parcel: Parcel, note: Note) -> str:
    return f"{parcel.number} {note.text}"


def send_perhaps(request: HttpRequest, parcel: Parcel | None = None) -> str:
    return "nothing" if parcel is None else parcel.number


def send_marked_perhaps(request: HttpRequest, parcel: Body[Parcel | None] = None) -> str:
    return "nothing" if parcel is None else parcel.number


def send_a_box(request: HttpRequest, box: Box) -> str:
    return box.note


def take_crate(request: HttpRequest, crate: Crate) -> str:
    return crate.name


def send_marked(
    request: HttpRequest, number: int, parcel: Annotated[Parcel, Body(...)], times: int = 1
) -> str:
    return f"{number} {parcel.number} {times}"


def send_with_a_file(request: HttpRequest, parcel: Parcel, file: File[UploadedFile]) -> str:
    return f"{parcel.number} {file.size}"


async def send_later(request: HttpRequest, parcel: Parcel) -> str:
    return parcel.number


PARCEL = {"number": "P-1", "weight": {"amount": 3}}


def api_of(view: Any, path: str = "/parcels") -> ComponentAPI:
    api = ComponentAPI(title="Parcels", auth=ANYONE)
    router = Router()
    router.post(path, if_match=False)(view)
    api.add_router("", router)
    return api


def sent(view: Any, body: object, address: str = "parcels", path: str = "/parcels") -> Any:
    with calling(api_of(view, path)) as client:
        return client.post(f"/api/{address}", body, content_type="application/json")


class TestBody:
    @pytest.mark.parametrize(
        ("view", "body", "told"),
        [
            (send, PARCEL, {"number": "P-1", "weight": {"amount": 3, "unit": "kg"}}),
            (send_many, [PARCEL, {**PARCEL, "number": "P-2"}], ["P-1", "P-2"]),
            (send_with_a_note, {"parcel": PARCEL, "note": {"text": "!"}}, "P-1 !"),
            (send_perhaps, PARCEL, "P-1"),
            (send_a_box, {"weight": {"amount": 1}, "note": "x"}, "x"),
            (send_later, PARCEL, "P-1"),
        ],
    )
    def test_is_a_dataclass_or_a_model(self, view: Any, body: object, told: object) -> None:
        response = sent(view, body)

        assert response.json() == told

    @pytest.mark.parametrize("view", [send_perhaps, send_marked_perhaps])
    def test_may_be_left_out(self, view: Any) -> None:
        with calling(api_of(view)) as client:
            assert client.generic("POST", "/api/parcels").json() == "nothing"

        body = document_of(api_of(view), "/parcels", "post")["requestBody"]
        assert body["required"] is False

    def test_stands_beside_path_and_query(self) -> None:
        response = sent(send_marked, PARCEL, "parcels/7?times=2", "/parcels/{number}")

        assert response.json() == "7 P-1 2"

    def test_stands_beside_another_one_in_an_object_that_holds_nothing_else(self) -> None:
        def repack(request: HttpRequest, weight: Weight, box: Box) -> int:
            return weight.amount

        api = ComponentAPI(title="Parcels", auth=ANYONE)
        api.default_router.post("/parcels")(repack)
        body = {"weight": {"amount": 1}, "box": {"weight": {"amount": 2}}}

        with calling(api) as client:
            taken = client.post("/api/parcels", body, "application/json")
            refused = client.post("/api/parcels", {**body, "boxes": 2}, "application/json")

        assert taken.json() == 1
        assert refused.json()["errors"] == [
            {
                "location": "body",
                "pointer": "#/boxes",
                "code": "extra_forbidden",
                "detail": "Extra inputs are not permitted",
            }
        ]

    def test_stands_beside_a_file(self) -> None:
        with calling(api_of(send_with_a_file)) as client, Path(__file__).open("rb") as file:
            response = client.post(
                "/api/parcels",
                {"parcel": '{"number": "P-1", "weight": {"amount": 3}}', "file": file},
            )

        assert response.json().startswith("P-1 ")

    @pytest.mark.parametrize(
        ("changed", "pointer"),
        [
            ({"x": 1}, "#/x"),
            ({"weight": {"amount": 1, "x": 1}}, "#/weight/x"),
            ({"weights": [{"amount": 1}, {"amount": 1, "x": 1}]}, "#/weights/1/x"),
            ({"box": {"weight": {"amount": 1}, "x": 1}}, "#/box/x"),
            ({"box": {"weight": {"amount": 1, "x": 1}}}, "#/box/weight/x"),
            ({"tags": {"a": {"text": "b", "x": 1}}}, "#/tags/a/x"),
            ({"within": {**PARCEL, "x": 1}}, "#/within/x"),
            ({"within": {**PARCEL, "within": {**PARCEL, "x": 1}}}, "#/within/within/x"),
        ],
    )
    def test_refuses_fields_that_nobody_knows_at_every_depth(
        self, changed: dict[str, Any], pointer: str
    ) -> None:
        response = sent(send, {**PARCEL, **changed})

        assert response.status_code == 422
        assert response.json()["errors"] == [
            {
                "location": "body",
                "pointer": pointer,
                "code": "extra_forbidden",
                "detail": "Extra inputs are not permitted",
            }
        ]

    @pytest.mark.parametrize(
        ("view", "body"),
        [
            (send_a_box, {"weight": {"amount": 1}, "x": 1}),
            (send_a_box, {"weight": {"amount": 1, "x": 1}}),
            (send_many, [{**PARCEL, "x": 1}]),
            (send_with_a_note, {"parcel": PARCEL, "note": {"text": "!", "x": 1}}),
            (send_perhaps, {**PARCEL, "x": 1}),
            (send_marked, {**PARCEL, "x": 1}),
        ],
    )
    def test_refuses_them_in_every_kind_of_body(self, view: Any, body: object) -> None:
        path = "/parcels/{number}" if view is send_marked else "/parcels"

        assert (
            sent(view, body, "parcels/7" if view is send_marked else "parcels", path).status_code
            == 422
        )

    @pytest.mark.parametrize(
        ("view", "body", "pointer"),
        [
            (send_with_a_note, [], "#"),
            (send_with_a_note, {"parcel": PARCEL, "note": 1}, "#/note"),
            (send, 1, "#"),
            (send, {**PARCEL, "tags": []}, "#/tags"),
            (send_a_box, 1, "#"),
            (take_crate, 1, "#"),
        ],
    )
    def test_speaks_of_no_class_where_it_is_no_object(
        self, view: Any, body: object, pointer: str
    ) -> None:
        [error] = sent(view, body).json()["errors"]

        assert (error["pointer"], error["detail"]) == (pointer, "Input should be an object")

    @pytest.mark.parametrize(
        ("address", "body", "stone", "added", "pointer"),
        [
            ("stacks", {"lowest": {"stone": "slate"}}, "slate", {"others": [{"x": 1}]}, "#/others"),
            ("walls", {"slab": {"stone": "slate"}}, "slate", {"x": 1}, "#/x"),
            (
                "both",
                {"stack": {"lowest": {"stone": "a"}}, "wall": {"slab": {"stone": "b"}}},
                "ab",
                {"x": 1},
                "#/x",
            ),
        ],
    )
    def test_may_have_parts_that_are_defined_below_its_endpoint(
        self, address: str, body: dict[str, Any], stone: str, added: dict[str, Any], pointer: str
    ) -> None:
        api = ComponentAPI(title="Stacks", auth=ANYONE)
        api.add_router("", stacks)

        with calling(api) as client:
            taken = client.post(f"/api/{address}", body, "application/json")
            refused = client.post(f"/api/{address}", {**body, **added}, "application/json")

        assert taken.json() == stone
        assert refused.json()["errors"][-1]["pointer"].startswith(pointer)

    @pytest.mark.parametrize("router", [Router, NinjaRouter])
    def test_has_no_parts_that_are_nowhere(self, router: Any) -> None:
        api, lost = ComponentAPI(title="Lost", auth=ANYONE), router()
        lost.post("/boxes")(lose_a_box)
        api.add_router("", lost)

        with pytest.raises(UndefinedInputError) as refused:
            _ = api.urls

        assert str(refused.value) == (
            "lose_a_box takes something that is made of Decimal, which is not defined where it is "
            "named. Define Decimal in that module, or import it there, outside of "
            "`if TYPE_CHECKING`."
        )

    def test_bears_no_internal_name_in_the_document(self) -> None:
        bodies = [
            document_of(api_of(view), "/parcels", "post")["requestBody"]["content"]
            for view in (send_with_a_note, send_with_a_file)
        ]

        assert [schema for body in bodies for schema in body if "Params" in str(body)] == []

    def test_leaves_to_a_model_what_it_says_itself(self) -> None:
        response = sent(send, {**PARCEL, "loose": {"name": "x", "more": 1}})

        assert response.status_code == 200

    def test_changes_no_class_of_the_project(self) -> None:
        api_of(send_a_box)

        assert Box.model_validate({"weight": {"amount": 1}, "x": 1}).note == ""
        assert "extra" not in Box.model_config

    @pytest.mark.parametrize(
        ("changed", "pointer", "code"),
        [
            ({"number": "P-12345"}, "#/number", "string_too_long"),
            ({"weight": {}}, "#/weight/amount", "missing"),
            ({"weight": None}, "#/weight", "dataclass_type"),
            ({"number": "P-0"}, "#", "value_error"),
        ],
    )
    def test_points_at_what_does_not_fit(
        self, changed: dict[str, Any], pointer: str, code: str
    ) -> None:
        response = sent(send, {**PARCEL, **changed})

        [error] = response.json()["errors"]
        assert (response.status_code, error["pointer"], error["code"]) == (422, pointer, code)


class TestQuery:
    @pytest.mark.parametrize("annotation", [Weight, Weight | None, Query[Weight]])
    def test_takes_no_dataclass(self, annotation: Any) -> None:
        def find(request: HttpRequest, weight: object) -> str:
            raise NotImplementedError

        find.__annotations__["weight"] = annotation

        with pytest.raises(NoBodyError) as refused:
            Router().get("/boxes")(find)

        assert str(refused.value) == (
            "An endpoint takes weight: Weight, a dataclass, and has no body to read it from, as it "
            "only reads. Make Weight a Schema (from bulkhead.api), and take weight: Query[Weight]."
        )

    def test_is_left_to_ninja_where_nothing_is_changed(self) -> None:
        def find(request: HttpRequest, box: Query[Loose]) -> str:
            return box.name

        api = ComponentAPI(title="Parcels", auth=ANYONE)
        api.default_router.get("/boxes")(find)

        with calling(api) as client:
            assert client.get("/api/boxes?name=x&more=1").json() == "x"


class TestDocument:
    def test_shows_the_class_and_that_it_takes_nothing_else(self) -> None:
        api = api_of(send)
        schemas = api.get_openapi_schema(path_prefix="")["components"]["schemas"]

        body = document_of(api, "/parcels", "post")["requestBody"]
        assert body["required"]
        assert body["content"]["application/json"]["schema"] == {
            "$ref": "#/components/schemas/Parcel"
        }
        assert [
            schemas[name]["additionalProperties"] for name in ("Parcel", "Box", "Weight", "Tag")
        ] == [
            False,
            False,
            False,
            False,
        ]
        assert schemas["Loose"]["additionalProperties"] is True
        assert schemas["Parcel"]["description"] == "A parcel to be sent."
        assert schemas["Parcel"]["required"] == ["number", "weight"]
