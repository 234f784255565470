"""What a client is told when something goes wrong: on every address, the same form."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.core.signals import got_request_exception
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory, override_settings

from bulkhead.api import ComponentAPI
from tests.toolkit.api.workshop.domain.orders import OrderClosedError

ORDERS = "/api/workshop/orders"
CURSOR = (
    "This cursor was not made for this list in this order, or somebody has changed it. "
    "Begin again without a cursor."
)
MOVED_ON = (
    "Order 1 was changed or removed by somebody else in the meantime. "
    "Load it again, and repeat the change on what is there now."
)


class TestAddresses:
    @pytest.mark.parametrize("path", ["/api/", "/api/nowhere", "/api/workshop/nowhere/"])
    @pytest.mark.parametrize("method", ["GET", "POST", "DELETE"])
    def test_tells_of_one_that_does_not_exist(
        self, stranger: Client, path: str, method: str
    ) -> None:
        response = stranger.generic(method, path)

        assert _problem(response) == {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": "Nothing is at this address.",
        }

    @pytest.mark.parametrize(
        ("path", "allowed"),
        [
            (ORDERS, "GET, HEAD, POST"),
            ("/api/workshop/later", "GET, HEAD"),
            ("/api/openapi.json", "GET, HEAD"),
            ("/api/docs", "GET, HEAD"),
        ],
    )
    def test_tells_of_a_wrong_method(self, stranger: Client, path: str, allowed: str) -> None:
        response = stranger.delete(path)

        assert response["Allow"] == allowed
        assert _problem(response) == {
            "type": "about:blank",
            "title": "Method Not Allowed",
            "status": 405,
            "detail": f"{path} answers {allowed}.",
        }


class TestInput:
    def test_points_at_each_place_in_the_body(self, trusted: Client) -> None:
        body = {
            "orderNumber": "A-2",
            "lines": [{"part": "axle", "quantity": 0, "per/cent~é": 1}],
            "price": {"amount": "1.10", "currency": "EUR", "rate": 1},
        }

        response = trusted.post(ORDERS, body, content_type="application/json")

        problem = _problem(response)
        assert problem == {
            "type": "urn:problem:bulkhead:InvalidInput",
            "title": "Invalid input",
            "status": 422,
            "detail": problem["detail"],
            "errors": [
                {
                    "location": "body",
                    "pointer": "#/lines/0/quantity",
                    "code": "greater_than",
                    "detail": "Input should be greater than 0",
                },
                {
                    "location": "body",
                    "pointer": "#/lines/0/per~1cent~0%C3%A9",
                    "code": "extra_forbidden",
                    "detail": "Extra inputs are not permitted",
                },
                {
                    "location": "body",
                    "pointer": "#/price/rate",
                    "code": "extra_forbidden",
                    "detail": "Extra inputs are not permitted",
                },
            ],
        }
        assert problem["detail"].startswith(
            "body #/lines/0/quantity: Input should be greater than 0; body #/lines/0/per"
        )

    def test_points_at_a_body_that_is_missing(self, trusted: Client) -> None:
        response = trusted.post(ORDERS, content_type="application/json", data=b"")

        assert _problem(response)["errors"] == [
            {"location": "body", "pointer": "#", "code": "missing", "detail": "Field required"}
        ]

    def test_repeats_what_a_schema_says_itself(self, trusted: Client) -> None:
        body = {
            "orderNumber": "A-2",
            "lines": [{"part": "flux capacitor", "quantity": 1}],
            "price": {"amount": "1.10", "currency": "EUR"},
        }

        response = trusted.post(ORDERS, body, content_type="application/json")

        assert _problem(response)["detail"] == "body #/lines/0/part: There is no such part."

    @pytest.mark.parametrize(
        ("path", "location", "pointer", "code"),
        [
            (f"{ORDERS}/first", "path", "#/order_id", "int_parsing"),
            (f"{ORDERS}?status=lost", "query", "#/status", "enum"),
        ],
    )
    def test_points_at_a_parameter(
        self, trusted: Client, path: str, location: str, pointer: str, code: str
    ) -> None:
        [error] = _problem(trusted.get(path))["errors"]

        assert (error["location"], error["pointer"], error["code"]) == (location, pointer, code)

    @pytest.mark.parametrize(
        ("body", "why"),
        [
            (b"{", "EOF while parsing an object at line 1 column 1"),
            (b'{"lines": NaN}', "expected value at line 1 column 11"),
            (b"\xff", "expected value at line 1 column 1"),
        ],
    )
    def test_tells_of_a_body_that_is_no_json(self, trusted: Client, body: bytes, why: str) -> None:
        response = trusted.post(ORDERS, body, content_type="application/json")

        assert _problem(response) == {
            "type": "urn:problem:bulkhead:MalformedBody",
            "title": "Malformed body",
            "status": 400,
            "detail": f"The body is no JSON: {why}.",
        }

    @override_settings(DATA_UPLOAD_MAX_MEMORY_SIZE=3)
    def test_tells_of_a_body_that_is_too_large(self, trusted: Client) -> None:
        response = trusted.post(ORDERS, b"[1, 2]", content_type="application/json")

        problem = _problem(response)
        assert problem["status"] == 413
        assert problem["detail"] == "The body is larger than the server accepts."


class TestDomain:
    def test_names_the_rule_that_refuses_and_its_facts(self, trusted: Client) -> None:
        response = trusted.post(f"{ORDERS}/1/close")

        assert _problem(response) == {
            "type": "urn:problem:workshop:OrderClosedError",
            "title": "Order closed",
            "status": 409,
            "detail": "Order A-1 is closed.",
            "number": "A-1",
            "status_": "closed",
        }

    def test_names_a_rule_that_says_nothing_itself(self, stranger: Client) -> None:
        assert _problem(stranger.get("/api/workshop/raise/no-room")) == {
            "type": "urn:problem:workshop:NoRoomError",
            "title": "No room",
            "status": 409,
            "detail": "No room.",
        }

    def test_tells_of_an_aggregate_that_is_not_there(self, trusted: Client) -> None:
        assert _problem(trusted.get(f"{ORDERS}/7")) == {
            "type": "urn:problem:workshop:OrderNotFoundError",
            "title": "Order not found",
            "status": 404,
            "detail": "No Order has the key 7.",
            "aggregate": "Order",
            "keys": [7],
        }

    def test_tells_of_an_aggregate_that_moved_on(self, trusted: Client) -> None:
        assert _problem(trusted.get(f"{ORDERS}/1/stale")) == {
            "type": "urn:problem:bulkhead:StaleAggregateError",
            "title": "Stale aggregate",
            "status": 409,
            "detail": MOVED_ON,
            "aggregate": "Order",
            "key": 1,
            "expected": 1,
            "found": 2,
        }


class TestOtherRefusals:
    @pytest.mark.parametrize("path", ["/api/workshop/raise", "/api/workshop/raise-later"])
    @pytest.mark.parametrize(
        ("what", "status", "kind", "title", "detail"),
        [
            (
                "cursor",
                400,
                "urn:problem:bulkhead:BadCursorError",
                "Bad cursor",
                CURSOR,
            ),
            ("denied", 403, "about:blank", "Forbidden", "Only the foreman may."),
            ("gone", 410, "about:blank", "Gone", "It was scrapped."),
            ("nowhere", 404, "about:blank", "Not Found", "Nothing is at this address."),
            ("suspicious", 400, "about:blank", "Bad Request", "The request can't be read."),
        ],
    )
    def test_are_problems_too(  # noqa: PLR0913, PLR0917
        self,
        stranger: Client,
        path: str,
        what: str,
        status: int,
        kind: str,
        title: str,
        detail: str,
    ) -> None:
        response = stranger.get(f"{path}/{what}")

        assert _problem(response) == {
            "type": kind,
            "title": title,
            "status": status,
            "detail": detail,
        }

    def test_say_when_to_come_back(self, stranger: Client) -> None:
        cache.clear()

        assert stranger.get("/api/workshop/throttled").status_code == 200
        response = stranger.get("/api/workshop/throttled")

        assert int(response["Retry-After"]) in range(3590, 3601)
        assert _problem(response) == {
            "type": "about:blank",
            "title": "Too Many Requests",
            "status": 429,
            "detail": "Too many requests.",
        }

    @pytest.mark.usefixtures("_yard")
    def test_leave_an_error_to_the_handler_that_a_project_adds(self) -> None:
        api = ComponentAPI(title="Own")

        @api.exception_handler(OrderClosedError)
        def tell(request: HttpRequest, error: OrderClosedError) -> HttpResponse:
            return api.create_response(request, {"closed": str(error)}, status=418)

        error = OrderClosedError.__new__(OrderClosedError)

        assert api.on_exception(RequestFactory().get("/"), error).status_code == 418


class TestUnexpected:
    @pytest.mark.parametrize("what", ["bug", "out-of-order"])
    def test_are_all_but_those_of_a_domain(self, stranger: Client, what: str) -> None:
        assert stranger.get(f"/api/workshop/raise/{what}").status_code == 500

    @pytest.mark.parametrize("path", ["/api/workshop/raise/bug", "/api/workshop/raise-later/bug"])
    @pytest.mark.parametrize("debug", [True, False])
    def test_tell_the_client_an_id_and_the_log_the_rest(
        self, stranger: Client, caplog: pytest.LogCaptureFixture, path: str, *, debug: bool
    ) -> None:
        with override_settings(DEBUG=debug):
            response = stranger.get(path)

        problem = _problem(response)
        number = UUID(problem["instance"])
        assert problem == {
            "type": "urn:problem:bulkhead:Unexpected",
            "title": "Unexpected error",
            "status": 500,
            "detail": f"Something went wrong on the server. The log has it as {number}.",
            "instance": f"urn:uuid:{number}",
        }
        [record] = [record for record in caplog.records if record.levelno >= logging.ERROR]
        assert record.name == "django.request"
        assert record.getMessage() == f"Internal Server Error: {path} (problem {number})"
        assert record.exc_info is not None
        assert str(record.exc_info[1]) == "'secret'"

    def test_are_told_to_those_who_listen_for_them(self, stranger: Client) -> None:
        heard: list[str] = []

        def hear(request: HttpRequest, **_kwargs: object) -> None:
            heard.append(request.path)

        got_request_exception.connect(hear)
        try:
            stranger.get("/api/workshop/raise/bug")
        finally:
            got_request_exception.disconnect(hear)

        assert heard == ["/api/workshop/raise/bug"]

    @pytest.mark.usefixtures("_yard")
    def test_are_raised_in_a_test_that_does_not_ask_for_the_answer(self) -> None:
        with pytest.raises(KeyError, match="secret"):
            Client().get("/api/workshop/raise/bug")


class TestAtomicRequests:
    @pytest.mark.django_db
    def test_are_undone_where_an_error_becomes_an_answer(
        self, api: ComponentAPI, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(connection.settings_dict, "ATOMIC_REQUESTS", 1)

        with transaction.atomic():
            api.on_exception(RequestFactory().get("/"), OrderClosedError.__new__(OrderClosedError))
            undone = transaction.get_rollback()

        assert undone

    @pytest.mark.django_db
    def test_are_the_only_transactions_that_are_undone(self, api: ComponentAPI) -> None:
        with transaction.atomic():
            api.on_exception(RequestFactory().get("/"), OrderClosedError.__new__(OrderClosedError))
            undone = transaction.get_rollback()

        assert not undone


def _problem(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == response.status_code
    return problem
