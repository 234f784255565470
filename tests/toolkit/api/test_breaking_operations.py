"""What of an operation breaks clients."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from bulkhead.api.comparing import Change, breaking_changes
from bulkhead.api.comparing.changes import KINDS, by_subject

pytestmark = pytest.mark.any_layout

TEXT = {"type": "string"}


@pytest.fixture
def old() -> dict[str, Any]:
    """Return a document with one operation, which has one of everything."""
    item = {
        "put": {
            "operationId": "store",
            "parameters": [
                {"in": "path", "name": "berth", "required": True, "schema": TEXT},
                {"in": "query", "name": "size", "required": False, "schema": TEXT},
                {"in": "header", "name": "If-Match", "required": False, "schema": TEXT},
            ],
            "requestBody": {
                "required": False,
                "content": {"application/json": {"schema": TEXT}, "text/csv": {}},
            },
            "responses": {
                "200": {
                    "description": "OK",
                    "headers": {"ETag": {"required": True, "schema": TEXT}},
                    "content": {"application/json": {"schema": TEXT}, "text/csv": {}},
                },
                "404": {"$ref": "#/components/responses/NotFound"},
            },
            "security": [{"Session": [], "Token": []}, {"Key": []}],
        },
        "get": {"operationId": "show", "responses": {"200": {"description": "OK"}}},
    }
    return {
        "openapi": "3.1.0",
        "paths": {"/berths/{berth}": item},
        "components": {
            "responses": {
                "NotFound": {
                    "description": "Not found",
                    "content": {"application/problem+json": {"schema": {"type": "object"}}},
                }
            },
            "securitySchemes": {
                "Session": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
                "Token": {"type": "apiKey", "in": "header", "name": "X-CSRFTOKEN"},
                "Key": {"type": "http", "scheme": "bearer"},
            },
        },
    }


@pytest.fixture
def new(old: dict[str, Any]) -> dict[str, Any]:
    return deepcopy(old)


@pytest.fixture
def operation(new: dict[str, Any]) -> dict[str, Any]:
    """Return the operation of the new document, for a test to change."""
    details: dict[str, Any] = new["paths"]["/berths/{berth}"]["put"]
    return details


def parts(changes: list[Change]) -> list[tuple[str, str, str, str]]:
    return [(change.kind, change.where, change.before, change.after) for change in changes]


class TestPath:
    def test_that_is_gone_is_told_for_each_method(self, old: Any, new: Any) -> None:
        new["paths"]["/moorings/{berth}"] = new["paths"].pop("/berths/{berth}")

        found = breaking_changes(old, new)

        assert [(each.kind, each.operation) for each in found] == [
            ("path-removed", "GET /berths/{berth}"),
            ("path-removed", "PUT /berths/{berth}"),
        ]

    def test_may_stand_beside_a_new_one(self, old: Any, new: Any) -> None:
        new["paths"]["/moorings/{berth}"] = new["paths"]["/berths/{berth}"]

        assert breaking_changes(old, new) == []

    def test_may_not_lose_a_method(self, old: Any, new: Any) -> None:
        del new["paths"]["/berths/{berth}"]["get"]

        [change] = breaking_changes(old, new)

        assert (change.kind, change.operation) == ("method-removed", "GET /berths/{berth}")

    def test_may_not_call_its_parts_otherwise(self, old: Any, new: Any) -> None:
        item = new["paths"].pop("/berths/{berth}")
        item["put"]["parameters"][0]["name"] = "id"
        new["paths"]["/berths/{id}"] = {"put": item["put"], "get": item["get"]}

        found = breaking_changes(old, new)

        assert parts(found) == 2 * [
            ("path-parameter-renamed", "path parameter berth", "berth", "id")
        ]

    def test_may_not_take_less_in_its_parts(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"][0]["schema"] = {"type": "string", "format": "uuid"}

        assert parts(breaking_changes(old, new)) == [
            ("request-limit-tightened", "path parameter berth", "no format", "format uuid")
        ]

    def test_may_say_its_parameters_once_for_all_methods(self, old: Any, new: Any) -> None:
        item = new["paths"]["/berths/{berth}"]
        item["parameters"] = item["put"].pop("parameters")
        del new["paths"]["/berths/{berth}"]["get"], old["paths"]["/berths/{berth}"]["get"]

        assert breaking_changes(old, new) == []


class TestOperationId:
    def test_may_not_change(self, old: Any, new: Any, operation: Any) -> None:
        operation["operationId"] = "keep"

        [change] = breaking_changes(old, new)

        assert parts([change]) == [("operation-id-changed", "", "store", "keep")]
        assert change.way_out == 'Keep the id: operation_id="store" at the endpoint.'


class TestDefaultOfAParameter:
    @pytest.mark.parametrize(
        ("before", "after", "told"),
        [
            ({"default": "s"}, {"default": "l"}, [('"s"', '"l"')]),
            ({"default": "s"}, {}, [('"s"', "")]),
            ({}, {"default": "l"}, [("", '"l"')]),
            ({"default": None}, {}, []),
            ({}, {"default": []}, []),
        ],
    )
    def test_may_not_change(
        self, old: Any, new: Any, before: Any, after: Any, told: list[tuple[str, str]]
    ) -> None:
        for document, default in ((old, before), (new, after)):
            size = document["paths"]["/berths/{berth}"]["put"]["parameters"][1]
            size["schema"] = TEXT | default

        found = parts(breaking_changes(old, new))

        place = "query parameter size"
        assert found == [("request-default-changed", place, *each) for each in told]

    @pytest.mark.parametrize(("default", "told"), [(["s"], 0), (["s", "l"], 1), ([], 1)])
    def test_may_become_a_list_of_one(
        self, old: Any, new: Any, operation: Any, default: list[str], told: int
    ) -> None:
        old["paths"]["/berths/{berth}"]["put"]["parameters"][1]["schema"] = TEXT | {"default": "s"}
        several = {"type": "array", "items": TEXT, "default": default}
        operation["parameters"][1]["schema"] = several

        found = [change.kind for change in breaking_changes(old, new)]

        assert found == told * ["request-default-changed"]

    def test_is_no_matter_where_it_was_required(self, old: Any, new: Any, operation: Any) -> None:
        old["paths"]["/berths/{berth}"]["put"]["parameters"][1]["required"] = True
        operation["parameters"][1]["schema"] = TEXT | {"default": "s"}

        assert breaking_changes(old, new) == []


class TestParameter:
    def test_may_not_go(self, old: Any, new: Any, operation: Any) -> None:
        del operation["parameters"][1]

        assert parts(breaking_changes(old, new)) == [
            ("parameter-removed", "query parameter size", "string", "")
        ]

    def test_may_be_new(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"].append({"in": "query", "name": "width", "schema": TEXT})

        assert breaking_changes(old, new) == []

    def test_may_not_be_new_and_required(self, old: Any, new: Any, operation: Any) -> None:
        width = {"in": "query", "name": "width", "schema": TEXT, "required": True}
        operation["parameters"].append(width)

        assert parts(breaking_changes(old, new)) == [
            ("parameter-required", "query parameter width", "", "required")
        ]

    def test_may_not_become_required(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"][2]["required"] = True

        assert parts(breaking_changes(old, new)) == [
            ("parameter-required", "header parameter If-Match", "optional", "required")
        ]

    def test_may_not_take_less(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"][1]["schema"] = {"type": "integer"}

        assert parts(breaking_changes(old, new)) == [
            ("request-type-narrowed", "query parameter size", "string", "integer")
        ]

    def test_may_take_several_values(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"][1]["schema"] = {"type": "array", "items": TEXT}

        assert breaking_changes(old, new) == []

    def test_of_a_header_may_not_be_a_list_now(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"][2]["schema"] = {"type": "array", "items": TEXT}

        assert parts(breaking_changes(old, new)) == [
            ("request-type-narrowed", "header parameter If-Match", "string", "array of string")
        ]

    def test_of_a_header_is_known_in_any_case(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"][2]["name"] = "if-match"

        assert breaking_changes(old, new) == []

    def test_may_not_be_written_otherwise(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"][1]["explode"] = False

        assert parts(breaking_changes(old, new)) == [
            (
                "parameter-written-otherwise",
                "query parameter size",
                "form, each value by itself",
                "form",
            )
        ]

    def test_may_say_how_it_is_written_by_default(self, old: Any, new: Any, operation: Any) -> None:
        operation["parameters"][1] |= {"style": "form", "explode": True}

        assert breaking_changes(old, new) == []


class TestBody:
    def test_may_not_become_required(self, old: Any, new: Any, operation: Any) -> None:
        operation["requestBody"]["required"] = True

        assert parts(breaking_changes(old, new)) == [
            ("body-required", "request body", "optional", "required")
        ]

    def test_may_not_go(self, old: Any, new: Any, operation: Any) -> None:
        del operation["requestBody"]

        assert parts(breaking_changes(old, new)) == [
            ("body-removed", "request body", "application/json, text/csv", "")
        ]

    def test_may_be_new(self, old: Any, new: Any) -> None:
        body = {"content": {"application/json": {"schema": TEXT}}}
        new["paths"]["/berths/{berth}"]["get"]["requestBody"] = body

        assert breaking_changes(old, new) == []

    def test_may_not_be_read_in_fewer_media_types(self, old: Any, new: Any, operation: Any) -> None:
        del operation["requestBody"]["content"]["text/csv"]

        assert parts(breaking_changes(old, new)) == [
            ("request-media-type-removed", "request body", "text/csv", "")
        ]


class TestResponse:
    def test_may_not_tell_success_by_another_status(
        self, old: Any, new: Any, operation: Any
    ) -> None:
        operation["responses"]["201"] = operation["responses"].pop("200")

        assert parts(breaking_changes(old, new)) == [
            ("status-removed", "response 200", "200", "201")
        ]

    def test_may_not_tell_success_by_one_status_more(
        self, old: Any, new: Any, operation: Any
    ) -> None:
        operation["responses"]["202"] = operation["responses"]["200"]

        assert parts(breaking_changes(old, new)) == [("status-added", "response 202", "", "202")]

    def test_may_have_other_problems(self, old: Any, new: Any, operation: Any) -> None:
        operation["responses"]["409"] = operation["responses"].pop("404")

        assert breaking_changes(old, new) == []

    def test_of_problems_is_compared_too(self, old: Any, new: Any) -> None:
        content = new["components"]["responses"]["NotFound"]["content"]
        content["application/problem+json"]["schema"] = TEXT

        assert parts(breaking_changes(old, new)) == [
            ("response-type-widened", "response 404", "object", "string")
        ]

    def test_may_not_lose_a_media_type(self, old: Any, new: Any, operation: Any) -> None:
        del operation["responses"]["200"]["content"]["text/csv"]

        assert parts(breaking_changes(old, new)) == [
            ("response-media-type-removed", "response 200", "text/csv", "")
        ]

    def test_may_not_lose_a_header(self, old: Any, new: Any, operation: Any) -> None:
        del operation["responses"]["200"]["headers"]["ETag"]

        assert parts(breaking_changes(old, new)) == [
            ("header-removed", "response 200, header ETag", "ETag", "")
        ]

    def test_may_not_leave_a_header_out(self, old: Any, new: Any, operation: Any) -> None:
        operation["responses"]["200"]["headers"]["ETag"]["required"] = False

        assert parts(breaking_changes(old, new)) == [
            ("header-optional", "response 200, header ETag", "required", "optional")
        ]


class TestSecurity:
    def test_may_not_lose_a_way_in(self, old: Any, new: Any, operation: Any) -> None:
        operation["security"] = [{"Session": [], "Token": []}]

        assert parts(breaking_changes(old, new)) == [
            (
                "security-added",
                "security",
                "http bearer",
                "apiKey cookie sessionid and apiKey header X-CSRFTOKEN",
            )
        ]

    def test_may_not_be_asked_for_where_none_was(self, old: Any, new: Any) -> None:
        new["paths"]["/berths/{berth}"]["get"]["security"] = [{"Key": []}]

        assert parts(breaking_changes(old, new)) == [
            ("security-added", "security", "none", "http bearer")
        ]

    def test_may_ask_for_less(self, old: Any, new: Any, operation: Any) -> None:
        operation["security"] = [{"Session": []}, {"Key": []}]

        assert breaking_changes(old, new) == []

    def test_may_be_called_otherwise(self, old: Any, new: Any, operation: Any) -> None:
        schemes = new["components"]["securitySchemes"]
        schemes["Bearer"] = schemes.pop("Key")
        operation["security"][1] = {"Bearer": []}

        assert breaking_changes(old, new) == []

    def test_may_be_said_for_all_operations(self, old: Any, new: Any, operation: Any) -> None:
        new["security"] = operation.pop("security")

        found = breaking_changes(old, new)

        assert [each.operation for each in found] == ["GET /berths/{berth}"]


class TestChange:
    @pytest.mark.parametrize("kind", KINDS)
    def test_says_what_it_means_and_what_to_do(self, kind: str) -> None:
        change = Change(path="/", method="GET", where="", kind=kind, before="a", after="b")

        assert change.sentence.endswith(".")
        assert "{" not in change.way_out or kind == "request-fields-closed"

    def test_of_a_shared_schema_is_one(self, old: Any, new: Any) -> None:
        for document, required in ((old, ["sum"]), (new, [])):
            price = {"type": "object", "properties": {"sum": TEXT}, "required": required}
            document["components"]["schemas"] = {"Price": price}
            for method in ("get", "put"):
                answer = document["paths"]["/berths/{berth}"][method]["responses"]["200"]
                answer["content"] = {
                    "application/json": {"schema": {"$ref": "#/components/schemas/Price"}}
                }

        [group] = by_subject(breaking_changes(old, new))

        assert [each.operation for each in group] == ["GET /berths/{berth}", "PUT /berths/{berth}"]
        assert group[0].subject == "Price.sum"
