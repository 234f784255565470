"""The OpenAPI document: one for all components, and nothing in it that is not so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse
from ninja.security import APIKeyHeader

from bulkhead.api import ComponentAPI, Router, Schema, SessionAuth, component_api
from tests.toolkit.api.piers import Pier


class LineIn(Schema):
    """Of the same name as some of components."""

    deck: int


@pytest.fixture
def document(stranger: Client) -> dict[str, Any]:
    document: dict[str, Any] = stranger.get("/api/openapi.json").json()
    return document


class TestPaths:
    def test_are_mounted_under_the_label_and_bear_its_tag(self, document: dict[str, Any]) -> None:
        tags = {path: _only(path, document)["tags"] for path in document["paths"]}

        assert tags["/api/workshop/later"] == ["workshop"]
        assert tags["/api/siding/price"] == ["siding"]
        assert tags["/api/pages/summary"] == ["pages"]
        assert not any(path.startswith("/api/stock") for path in tags)

    def test_say_of_each_component_what_it_is(self, document: dict[str, Any]) -> None:
        assert document["tags"] == [
            {"name": "workshop", "description": "Repairs what comes off the line."},
            {"name": "siding", "description": "Siding"},
            {"name": "pages"},
        ]

    def test_name_each_operation_by_component_and_view(self, document: dict[str, Any]) -> None:
        assert _only("/api/siding/price", document)["operationId"] == "siding_get_price"
        assert _only("/api/pages/summary", document)["operationId"] == "tests_get_summary"

    @pytest.mark.usefixtures("_yard")
    def test_can_be_reversed_by_the_same_name(self) -> None:
        path = reverse("api:workshop_get_order", kwargs={"order_id": 1})

        assert path == "/api/workshop/orders/1"


class TestSchemas:
    def test_are_told_apart_where_components_use_one_name(self, document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]

        taken = _only("/api/siding/lines", document)["requestBody"]["content"]["application/json"]
        assert taken["schema"] == {"$ref": "#/components/schemas/siding.LineIn"}
        assert list(schemas["siding.LineIn"]["properties"]) == ["track"]
        assert list(schemas["workshop.LineIn"]["properties"]) == ["part", "quantity"]
        assert schemas["OrderIn"]["properties"]["lines"]["items"] == {
            "$ref": "#/components/schemas/workshop.LineIn"
        }

    @pytest.mark.usefixtures("_yard")
    def test_are_told_apart_from_one_of_the_project(self) -> None:
        from tests.toolkit.api.siding.api.schemas import (  # noqa: PLC0415 - of what is installed
            LineIn as LineOfSiding,
        )

        api = ComponentAPI(title="Lines")
        api.default_router.get("/own", response=LineIn)(lambda request: request)
        api.default_router.get("/siding", response=LineOfSiding)(lambda request: request)

        schemas = api.get_openapi_schema(path_prefix="")["components"]["schemas"]

        assert list(schemas) == ["siding.LineIn", "tests.LineIn", "Problem"]
        assert list(schemas["tests.LineIn"]["properties"]) == ["deck"]

    def test_are_told_apart_where_one_is_taken_and_returned(self, document: dict[str, Any]) -> None:
        schemas = document["components"]["schemas"]

        taken = schemas["Price-Input"]["properties"]["amount"]["anyOf"]
        returned = schemas["Price-Output"]["properties"]["amount"]
        assert {"type": "number"} in taken
        assert returned["type"] == "string"

    def test_are_told_apart_where_one_bears_aliases_and_not(self) -> None:
        from tests.toolkit.api.workshop.api.schemas import OrderOut  # noqa: PLC0415

        api = ComponentAPI(title="Twice")
        api.default_router.get("/aliased", response=OrderOut)(lambda request: request)
        api.default_router.get("/named", response=OrderOut, by_alias=False)(lambda request: request)

        schemas = api.get_openapi_schema(path_prefix="")["components"]["schemas"]

        assert list(schemas["OrderOut"]["properties"]) == ["orderNumber", "total", "status"]
        assert list(schemas["OrderOut-ByName"]["properties"]) == ["number", "total", "status"]

    def test_are_told_apart_where_a_component_uses_one_name_twice(self, pier: Pier) -> None:
        pier.write("api/__init__.py", "")
        for module in ("boats", "trains"):
            pier.write(
                f"api/{module}.py",
                f"""
                from bulkhead.api import Router, Schema

                router = Router()

                class Ticket(Schema):
                    {module}: int

                @router.get("/{module}")
                def get_{module}(request) -> Ticket: ...
                """,
            )
        pier.write(
            "api/routes.py",
            """
            from bulkhead.api import Router
            from pier.api import boats, trains

            router = Router()
            router.add_router("", boats.router)
            router.add_router("", trains.router)
            """,
        )

        with pier.installed():
            document = component_api(title="Pier").get_openapi_schema(path_prefix="")

        assert [name for name in document["components"]["schemas"] if "Ticket" in name] == [
            "pier__api__boats__Ticket",
            "pier__api__trains__Ticket",
        ]

    def test_refer_to_nothing_that_is_not_there(self, document: dict[str, Any]) -> None:
        kinds = document["components"]
        known = {f"#/components/{kind}/{name}" for kind, named in kinds.items() for name in named}

        assert set(_references(document)) <= known

    def test_are_the_same_from_two_runs(self, api: ComponentAPI) -> None:
        first = json.dumps(api.get_openapi_schema())

        assert json.dumps(api.get_openapi_schema()) == first


class TestParameters:
    def test_are_optional_and_never_null(self, document: dict[str, Any]) -> None:
        [status] = document["paths"]["/api/workshop/orders"]["get"]["parameters"]

        assert status == {
            "in": "query",
            "name": "status",
            "required": False,
            "schema": {"$ref": "#/components/schemas/OrderStatus"},
        }

    def test_keep_every_other_kind(self) -> None:
        def view(request: HttpRequest, berth: int | str | None = None) -> str:
            return f"{request.path}{berth}"

        api = ComponentAPI(title="Berths")
        api.default_router.get("/berths")(view)

        [details] = api.get_openapi_schema(path_prefix="")["paths"].values()

        [berth] = details["get"]["parameters"]
        assert berth["schema"] == {
            "anyOf": [{"type": "integer"}, {"type": "string"}],
            "title": "Berth",
        }


class TestProblems:
    @pytest.mark.parametrize(
        ("path", "method", "statuses"),
        [
            ("/api/workshop/orders", "get", "200 400 401 403 404 422 500"),
            ("/api/workshop/orders", "post", "201 400 401 403 404 409 413 415 422 500"),
            ("/api/workshop/orders/{order_id}", "get", "200 401 403 404 422 500"),
            (
                "/api/workshop/orders/{order_id}/close",
                "post",
                "204 400 401 403 404 409 413 422 500",
            ),
            ("/api/workshop/open", "get", "200 422 500"),
            ("/api/workshop/throttled", "get", "200 422 429 500"),
        ],
    )
    def test_are_documented_on_each_operation(
        self, document: dict[str, Any], path: str, method: str, statuses: str
    ) -> None:
        assert " ".join(document["paths"][path][method]["responses"]) == statuses

    def test_are_of_one_schema_and_media_type(self, document: dict[str, Any]) -> None:
        schema = {"$ref": "#/components/schemas/Problem"}

        for response in document["components"]["responses"].values():
            [(media_type, content)] = response["content"].items()
            assert (media_type, content["schema"]) == ("application/problem+json", schema)
        problem = document["components"]["schemas"]["Problem"]
        assert problem["required"] == ["type", "title", "status", "detail"]

    def test_describe_what_is_answered(self, document: dict[str, Any], stranger: Client) -> None:
        problem = document["components"]["schemas"]["Problem"]

        answered = stranger.get("/api/workshop/raise/bug").json()

        assert set(answered) <= set(problem["properties"])

    def test_come_with_examples(self, document: dict[str, Any]) -> None:
        refused = document["components"]["responses"]["Refused"]

        assert refused["content"]["application/problem+json"]["example"] == {
            "type": "urn:problem:component:NameOfTheRuleError",
            "title": "Name of the rule",
            "status": 409,
            "detail": "Why the rule refuses.",
            "fact": "What the rule tells beside it.",
        }

    def test_give_way_to_a_schema_of_the_same_name(self) -> None:
        @dataclass
        class Problem:
            sum: int

        api = ComponentAPI(title="Sums")
        api.default_router.get("/sums", response=Problem)(lambda request: request)

        components = api.get_openapi_schema(path_prefix="")["components"]

        content = components["responses"]["Unexpected"]["content"]["application/problem+json"]
        assert list(components["schemas"]) == ["Problem", "BulkheadProblem"]
        assert content["schema"] == {"$ref": "#/components/schemas/BulkheadProblem"}

    def test_give_way_to_a_response_that_an_endpoint_declares(self) -> None:
        api = ComponentAPI(title="Own")
        api.default_router.get("/own", response={200: str, 401: int})(lambda request: request)

        [details] = api.get_openapi_schema(path_prefix="")["paths"].values()

        schema = {"title": "Response", "type": "integer"}
        assert details["get"]["responses"][401] == {
            "description": "Unauthorized",
            "content": {"application/json": {"schema": schema}},
        }

    def test_may_be_more_than_follow_from_what_is_taken(self) -> None:
        api = ComponentAPI(title="Own")
        router = Router()
        router.get("/own", response=str, problems=[409, 410])(lambda request: request)
        api.add_router("", router)

        [details] = api.get_openapi_schema(path_prefix="")["paths"].values()

        answers = details["get"]["responses"]
        assert list(answers) == [200, 401, 403, 409, 410, 422, 500]
        assert answers[409] == {"$ref": "#/components/responses/Refused"}
        assert answers[410] == {
            "description": "Gone",
            "content": {
                "application/problem+json": {
                    "schema": {"$ref": "#/components/schemas/Problem"},
                    "example": {
                        "type": "about:blank",
                        "title": "Gone",
                        "status": 410,
                        "detail": "Why it was refused.",
                    },
                }
            },
        }

    def test_say_when_to_come_back(self, document: dict[str, Any]) -> None:
        headers = document["components"]["responses"]["TooManyRequests"]["headers"]

        assert headers["Retry-After"]["schema"] == {"type": "integer"}


class TestExtra:
    """What an endpoint says of itself by `openapi_extra`."""

    @pytest.mark.parametrize("status", [200, "200"])
    def test_takes_the_place_of_a_media_type(self, status: int | str) -> None:
        api = ComponentAPI(title="Sheets")
        sheet = {"description": "A sheet.", "content": {"text/csv": {}}}
        api.default_router.get(
            "/sheet", response=str, openapi_extra={"responses": {status: sheet}, "x-sheet": True}
        )(lambda request: request)

        [details] = api.get_openapi_schema(path_prefix="")["paths"].values()

        assert details["get"]["responses"][200] == sheet
        assert details["get"]["x-sheet"] is True
        assert list(details["get"]["responses"]) == [200, 401, 403, 422, 500]

    def test_takes_the_place_of_a_problem(self) -> None:
        api = ComponentAPI(title="Sheets")
        said = {"description": "Not yours.", "content": {"application/problem+json": {}}}
        api.default_router.get("/sheet", openapi_extra={"responses": {403: said, "default": said}})(
            lambda request: request
        )

        [details] = api.get_openapi_schema(path_prefix="")["paths"].values()

        assert details["get"]["responses"][403] == said
        assert details["get"]["responses"]["default"] == said


class Key(APIKeyHeader):
    def __init__(self, name: str) -> None:
        self.param_name = name
        super().__init__()

    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        return key


class TestSecurity:
    @pytest.mark.parametrize(
        ("method", "auth", "security"),
        [
            ("get", SessionAuth(), [{"SessionAuth": []}]),
            ("post", SessionAuth(), [{"SessionAuth": [], "CsrfToken": []}]),
            ("post", SessionAuth(csrf=False), [{"SessionAuth": []}]),
            (
                "post",
                [Key("A"), SessionAuth()],
                [{"Key": []}, {"SessionAuth": [], "CsrfToken": []}],
            ),
            ("get", lambda _request: True, None),
        ],
    )
    def test_names_all_that_one_way_takes(
        self, method: str, auth: Any, security: list[dict[str, list[str]]] | None
    ) -> None:
        api = ComponentAPI(title="Keys", auth=auth)
        api.default_router.api_operation([method.upper()], "/keys")(lambda request: request)

        document = api.get_openapi_schema(path_prefix="")

        assert document["paths"]["/keys"][method].get("security") == security

    def test_describes_the_token(self) -> None:
        api = ComponentAPI(title="Keys")
        api.default_router.post("/keys")(lambda request: request)

        schemes = api.get_openapi_schema(path_prefix="")["components"]["securitySchemes"]

        assert schemes == {
            "SessionAuth": {"type": "apiKey", "in": "cookie", "name": "sessionid"},
            "CsrfToken": {"type": "apiKey", "in": "header", "name": "X-CSRFTOKEN"},
        }

    def test_tells_two_ways_of_one_class_apart(self) -> None:
        api = ComponentAPI(title="Keys")
        for name in ("A", "B", "C", "A"):
            api.default_router.get(f"/{name}", auth=Key(name))(lambda request: request)

        document = api.get_openapi_schema(path_prefix="")

        named = document["components"]["securitySchemes"]
        assert {name: scheme["name"] for name, scheme in named.items()} == {
            "Key": "A",
            "Key2": "B",
            "Key3": "C",
        }
        assert document["paths"]["/C"]["get"]["security"] == [{"Key3": []}]


class TestComponentApi:
    @pytest.mark.usefixtures("_yard")
    def test_passes_ninjas_options_on(self) -> None:
        api = component_api(title="Yard", version="3", docs_url=None)

        assert (api.title, api.version, api.docs_url) == ("Yard", "3", None)


def _only(path: str, document: dict[str, Any]) -> dict[str, Any]:
    details: dict[str, Any] = next(iter(document["paths"][path].values()))
    return details


def _references(node: Any) -> list[str]:
    if isinstance(node, dict):
        own = [node["$ref"]] if "$ref" in node else []
        return own + [found for value in node.values() for found in _references(value)]
    if isinstance(node, list):
        return [found for value in node for found in _references(value)]
    return []
