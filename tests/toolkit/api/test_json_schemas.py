"""How the document describes enums, fields, examples and operations for a frontend."""

from __future__ import annotations

from enum import Enum
from typing import Annotated, Any

import pytest
from django.http import HttpRequest

from bulkhead.api import ComponentAPI, Query
from bulkhead.api.attribute_docs import attribute_docs
from tests.toolkit.api.berths import BerthIn, BerthOut, Mooring, Size, State

pytestmark = pytest.mark.any_layout


class Signal(Enum):
    STOP = 1
    """Red."""

    HALT = 1  # noqa: PIE796 - on purpose
    """An older name."""

    GO = 2


def build(request: HttpRequest, berth: BerthIn) -> None: ...


def show(
    request: HttpRequest,
    state: State,
    states: Annotated[list[State], Query(description="One of these.")],
    code: Annotated[str, Query(examples=["K-1", "K-2"])],
    size: Size | None = None,
) -> None: ...


def document(**options: Any) -> dict[str, Any]:
    api = ComponentAPI(title="Berths")
    api.default_router.post("/berths", response=BerthOut)(build)
    api.default_router.get("/berths", response=BerthOut)(show)
    api.default_router.get("/moorings", response=Mooring, **options)(lambda request: request)
    return api.get_openapi_schema(path_prefix="")


@pytest.fixture
def schemas() -> dict[str, Any]:
    found: dict[str, Any] = document()["components"]["schemas"]
    return found


class TestEnums:
    def test_bear_the_names_of_their_members_and_what_they_mean(self, schemas: Any) -> None:
        assert schemas["State"] == {
            "title": "State",
            "description": "How far a berth is.",
            "enum": ["open", "shut"],
            "type": "string",
            "x-enum-varnames": ["OPEN", "SHUT"],
            "x-enum-descriptions": ["Anybody may moor.", ""],
        }

    def test_have_each_value_once_where_it_bears_two_names(self) -> None:
        api = ComponentAPI(title="Signals")
        api.default_router.get("/signals", response=Signal)(lambda request: request)

        schemas = api.get_openapi_schema(path_prefix="")["components"]["schemas"]

        assert schemas["Signal"] == {
            "title": "Signal",
            "enum": [1, 2],
            "type": "integer",
            "x-enum-varnames": ["STOP", "GO"],
            "x-enum-descriptions": ["Red.", ""],
        }

    def test_of_django_bear_their_labels(self, schemas: Any) -> None:
        assert schemas["Side"]["x-enum-varnames"] == ["PORT", "STARBOARD"]
        assert schemas["Side"]["x-enum-descriptions"] == ["To the left", "To the right"]

    def test_of_whole_numbers_have_names_alone_where_nothing_is_said(self, schemas: Any) -> None:
        assert schemas["Size"]["x-enum-varnames"] == ["SMALL", "LARGE"]
        assert "x-enum-descriptions" not in schemas["Size"]

    def test_have_one_schema_also_as_parameters(self) -> None:
        parameters = document()["paths"]["/berths"]["get"]["parameters"]

        shown = {each["name"]: each["schema"] for each in parameters}
        assert shown["state"] == {"$ref": "#/components/schemas/State"}
        assert shown["size"] == {"$ref": "#/components/schemas/Size"}
        assert shown["states"]["items"] == {"$ref": "#/components/schemas/State"}


class TestFields:
    def test_of_an_answer_are_all_required(self, schemas: Any) -> None:
        assert schemas["BerthOut"]["required"] == [
            *("code", "width", "pier", "state", "side", "size", "note")
        ]
        assert schemas["BerthOut"]["properties"]["note"]["anyOf"] == [
            {"type": "string"},
            {"type": "null"},
        ]

    def test_of_the_input_are_required_without_a_default(self, schemas: Any) -> None:
        assert schemas["BerthIn"]["required"] == ["code", "rope", "plate", "width"]

    @pytest.mark.parametrize("option", ["exclude_unset", "exclude_defaults", "exclude_none"])
    def test_may_be_missing_where_an_endpoint_leaves_them_out(self, option: str) -> None:
        schemas = document(**{option: True})["components"]["schemas"]

        assert schemas["BerthOut-Partial"]["required"] == ["code", "width"]
        assert schemas["BerthOut"]["required"][-1] == "note"
        assert schemas["Mooring-Partial"]["properties"]["berth"] == {
            "$ref": "#/components/schemas/BerthOut-Partial"
        }

    def test_bear_what_stands_below_them(self, schemas: Any) -> None:
        taken, answered = (schemas[name]["properties"] for name in ("BerthIn", "BerthOut"))

        assert taken["code"]["description"] == "What is painted on it."
        assert answered["note"]["description"] == "What the harbour master wrote."
        assert "description" not in answered["code"]


class TestExamples:
    def test_fit_a_pattern_where_a_plain_word_does(self, schemas: Any) -> None:
        assert schemas["BerthIn"]["properties"]["code"]["examples"] == ["Text"]

    def test_give_way_to_those_of_the_field(self, schemas: Any) -> None:
        assert schemas["BerthIn"]["properties"]["rope"]["examples"] == ["123-456"]

    def test_are_left_out_where_no_plain_word_fits(self, schemas: Any) -> None:
        assert "examples" not in schemas["BerthIn"]["properties"]["plate"]

    def test_of_decimals_keep_their_limits(self, schemas: Any) -> None:
        taken, answered = (schemas[name]["properties"]["width"] for name in ("BerthIn", "BerthOut"))

        assert taken["examples"] == ["1"]
        assert taken["anyOf"][1]["format"] == "decimal"
        assert (answered["examples"], answered["format"]) == (["12.50"], "decimal")

    def test_of_a_parameter_are_one_as_openapi_has_it(self) -> None:
        parameters = document()["paths"]["/berths"]["get"]["parameters"]

        [code] = [each for each in parameters if each["name"] == "code"]
        assert code["example"] == "K-1"
        assert "examples" not in code


class TestOperations:
    def test_of_one_view_have_an_id_for_each_method(self) -> None:
        api = ComponentAPI(title="Berths")
        api.default_router.api_operation(["PUT", "PATCH"], "/berths")(build)

        item = api.get_openapi_schema(path_prefix="")["paths"]["/berths"]

        assert item["put"]["operationId"] == "tests_build_put"
        assert item["patch"]["operationId"] == "tests_build_patch"

    def test_that_share_an_id_print_nothing(self, capsys: pytest.CaptureFixture[str]) -> None:
        api = ComponentAPI(title="Berths")
        for path in ("/one", "/two"):
            api.default_router.post(path)(build)

        api.get_openapi_schema(path_prefix="")

        assert capsys.readouterr().out == ""


class TestSchemas:
    def test_that_nothing_refers_to_are_left_out(self) -> None:
        def listed(request: HttpRequest, berth: Query[BerthIn]) -> None: ...

        api = ComponentAPI(title="Berths")
        api.default_router.get("/berths", response={204: None})(listed)

        found = api.get_openapi_schema(path_prefix="")["components"]["schemas"]

        assert list(found) == ["State", "Problem"]


class TestAttributeDocs:
    def test_are_those_of_the_class_and_of_those_above_it(self) -> None:
        class Above:
            name = 1
            """Above."""
            size = 2
            """Two."""

        class Below(Above):
            name = 3
            """Below."""
            (one, other) = (1, 2)
            """No single name."""

        assert attribute_docs(Below) == {"name": "Below.", "size": "Two."}

    def test_are_none_where_there_is_no_source(self) -> None:
        made = type("Made", (), {"name": 1})

        assert attribute_docs(made) == {}
        assert attribute_docs(int) == {}
