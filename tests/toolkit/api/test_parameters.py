"""Parameters that Bulkhead fills: one seam for all of them."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, Any, Generic, Optional, TypeVar

import pytest
from django.http import HttpRequest
from ninja.operation import Operation
from ninja.params.models import Header, Param, Query
from typing_extensions import TypeAliasType

from bulkhead.api import JSONL, ComponentAPI
from bulkhead.api.parameters import Call, Parameter, shown_to_ninja
from tests.toolkit.api.calling import calling, content_of, document_of

T = TypeVar("T")


class TideParameter(Parameter):
    """Takes a height, and a header with an offset."""

    def __init__(self, unit: str) -> None:
        self.unit = unit

    def sent(self, *, optional: bool) -> Mapping[str, tuple[Any, Param]]:
        default = None if optional else ...
        return {
            "height": (int | None if optional else int, Query(default, alias="height", ge=0)),
            "X-Offset": (int, Header(0, alias="X-Offset")),
        }

    def fill(self, call: Call, sent: Mapping[str, Any]) -> object:
        if sent["height"] is None:
            return None
        return Tide(
            text=f"{call.arguments['berth']}: {sent['height'] + sent['X-Offset']} {self.unit}"
        )

    def describe(self, operation: Operation, details: dict[str, Any], *, optional: bool) -> None:
        details["description"] = f"{operation.path} {optional}"


@dataclass(frozen=True)
class Tide(Generic[T]):
    text: str

    @classmethod
    def bulkhead_parameter(cls, unit: type = str) -> Parameter:
        return TideParameter(unit.__name__)


class Feet:
    """A unit."""


def show(request: HttpRequest, berth: int, tide: Tide[Feet], note: str = "") -> str:
    return f"{tide.text}{note}"


async def show_later(request: HttpRequest, berth: int, tide: Tide[Feet], note: str = "") -> str:
    return f"{tide.text}{note}"


def stream(request: HttpRequest, berth: int, tide: Tide[Feet], note: str = "") -> Iterator[str]:
    yield f"{tide.text}{note}"


async def stream_later(
    request: HttpRequest, berth: int, tide: Tide[Feet], note: str = ""
) -> AsyncIterator[str]:
    yield f"{tide.text}{note}"


def show_perhaps(request: HttpRequest, berth: int, tide: Tide[Feet] | None = None) -> str:
    return "none" if tide is None else tide.text


def show_annotated(
    request: HttpRequest, berth: int, tide: Annotated[Tide[Feet], TideParameter("m")]
) -> str:
    return tide.text


def show_bare(request: HttpRequest, berth: int, tide: Tide) -> str:  # type: ignore[type-arg]
    return tide.text


TideInFeet = TypeAliasType("TideInFeet", Tide[Feet])
PerhapsTide = TypeAliasType("PerhapsTide", TideInFeet | None)


def show_alias(request: HttpRequest, berth: int, tide: TideInFeet) -> str:
    return tide.text


def show_perhaps_alias(request: HttpRequest, berth: int, tide: PerhapsTide = None) -> str:
    return "none" if tide is None else tide.text


def show_perhaps_annotated(
    request: HttpRequest, berth: int, tide: Annotated[Tide[Feet] | None, "how high"] = None
) -> str:
    return "none" if tide is None else tide.text


def show_perhaps_later(
    request: HttpRequest,
    berth: int,
    tide: Optional["Tide[Feet]"] = None,  # noqa: UP037, UP045 - a part of it is a string
) -> str:
    return "none" if tide is None else tide.text


def show_noted(request: HttpRequest, berth: int, tide: Annotated[Tide[Feet], "how high"]) -> str:
    return tide.text


class Dock:
    def show(self, request: HttpRequest, tide: Tide[Feet]) -> str:
        return tide.text


@wraps(show)
def show_loudly(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    return show(request, *args, **kwargs).upper()


def api_of(view: Callable[..., Any], **options: Any) -> ComponentAPI:
    api = ComponentAPI(title="Tides", auth=None)
    api.default_router.get("/berths/{berth}", **options)(view)
    return api


class TestParameter:
    @pytest.mark.parametrize(
        ("view", "options"),
        [
            (show, {}),
            (show_later, {}),
            (stream, {"response": JSONL[str]}),
            (stream_later, {"response": JSONL[str]}),
        ],
    )
    def test_is_filled(self, view: Callable[..., Any], options: dict[str, Any]) -> None:
        with calling(api_of(view, **options)) as client:
            response = client.get("/api/berths/7?height=2&note=!", headers={"X-Offset": "3"})

            assert content_of(response).strip() == b'"7: 5 Feet!"'

    @pytest.mark.parametrize(
        ("view", "told"),
        [
            (show_annotated, b'"7: 2 m"'),
            (show_bare, b'"7: 2 str"'),
            (show_loudly, b'"7: 2 FEET"'),
            (show_perhaps, b'"7: 2 Feet"'),
            (show_alias, b'"7: 2 Feet"'),
            (show_perhaps_alias, b'"7: 2 Feet"'),
            (show_perhaps_annotated, b'"7: 2 Feet"'),
            (show_perhaps_later, b'"7: 2 Feet"'),
            (show_noted, b'"7: 2 Feet"'),
        ],
    )
    def test_is_known_by_its_annotation(self, view: Callable[..., Any], told: bytes) -> None:
        with calling(api_of(view)) as client:
            assert client.get("/api/berths/7?height=2").content == told

    @pytest.mark.parametrize(
        "view", [show_perhaps, show_perhaps_alias, show_perhaps_annotated, show_perhaps_later]
    )
    def test_may_be_none_where_the_view_takes_none(self, view: Callable[..., Any]) -> None:
        with calling(api_of(view)) as client:
            assert client.get("/api/berths/7").content == b'"none"'

    def test_points_at_what_was_sent(self) -> None:
        with calling(api_of(show)) as client:
            response = client.get("/api/berths/7?height=-1", headers={"X-Offset": "x"})

        assert response.status_code == 422
        assert sorted((e["location"], e["pointer"]) for e in response.json()["errors"]) == [
            ("header", "#/X-Offset"),
            ("query", "#/height"),
        ]

    def test_goes_through_the_decorators_of_a_router(self) -> None:
        api = ComponentAPI(title="Tides", auth=None)
        heard: list[object] = []

        def hear(view: Callable[..., Any]) -> Callable[..., Any]:
            def heard_view(request: HttpRequest, **values: Any) -> Any:
                heard.extend(values)
                return view(request, **values)

            return wraps(view)(heard_view)

        api.default_router.add_decorator(hear, mode="operation")
        api.default_router.get("/berths/{berth}")(show)

        with calling(api) as client:
            client.get("/api/berths/7?height=2")

        assert heard == ["berth", "note", "tide"]

    def test_can_be_filled_of_a_function_alone(self) -> None:
        with pytest.raises(TypeError, match="is no function, so that its parameters can't be"):
            shown_to_ninja(Dock().show, ["GET"])


class TestDocument:
    def test_names_what_is_read_of_the_request(self) -> None:
        details = document_of(api_of(show), "/berths/{berth}")

        assert [(each["in"], each["name"]) for each in details["parameters"]] == [
            ("path", "berth"),
            ("query", "note"),
            ("query", "height"),
            ("header", "X-Offset"),
        ]

    def test_says_what_the_parameter_adds(self) -> None:
        details = document_of(api_of(show_perhaps), "/berths/{berth}")

        assert details["description"] == "/berths/{berth} True"
