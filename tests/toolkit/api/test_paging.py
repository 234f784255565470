"""Lists over HTTP: pages, cursors, filters and orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Literal
from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.test import Client, override_settings

from bulkhead.api import ANYONE, Paging
from bulkhead.api.paging import NoOrderingsError, NoPageError
from tests.toolkit.api.calling import calling, document_of
from tests.toolkit.api.lists import (
    KeyInQuery,
    KeyOfCaller,
    KeyOfNobody,
    KeyOfStoredCaller,
    lists_api,
)
from tests.toolkit.yard.stock.db.models import PalletRow

pytestmark = pytest.mark.component("stock")

BAD_CURSOR = {
    "type": "urn:problem:bulkhead:BadCursorError",
    "title": "Bad cursor",
    "status": 400,
    "detail": "The cursor in `after` is not one that was answered to you for this list with these "
    "filters and this order. Ask for the first page, without `after`, and follow its "
    "`next_cursor`, with everything but `size` and `count` as it was.",
}


@pytest.fixture
def client() -> Iterator[Client]:
    for number, code in enumerate("abcdef"):
        PalletRow.objects.create(
            id=uuid4(),
            code=code,
            state="shipped" if code == "f" else "open",
            price_amount=Decimal(number),
            price_currency="EUR",
            note=None if number % 2 else f"n{number}",
        )
    with calling(lists_api()) as client:
        yield client


def asked(client: Client, path: str = "pallets", *, user: int | str = 1, **query: Any) -> Any:
    headers = {"Authorization": f"Bearer {user}"}
    return client.get(f"/api/{path}", query, headers=headers)


def codes(response: Any) -> str:
    assert response.status_code == 200, response.content
    return "".join(item["code"] for item in response.json()["items"])


def cursor(client: Client, path: str = "pallets", **query: Any) -> str:
    found = asked(client, path, **query).json()["next_cursor"]
    assert isinstance(found, str)
    return found


class TestPaging:
    @pytest.mark.parametrize(
        ("order_by", "expected"),
        [("code", "abcdef"), ("-price_amount", "fedcba"), ("-code", "fedcba")],
    )
    def test_goes_through_a_list(self, client: Client, order_by: str, expected: str) -> None:
        first = asked(client, order_by=order_by, size=4)
        second = asked(client, order_by=order_by, size=2, after=first.json()["next_cursor"])

        assert (codes(first), codes(second)) == (expected[:4], expected[4:])
        assert second.json()["next_cursor"] is None

    def test_puts_what_has_no_value_last(self, client: Client) -> None:
        first = asked(client, order_by="note", size=4)
        second = asked(client, order_by="note", size=4, after=first.json()["next_cursor"])

        assert codes(first).startswith("ace")
        assert sorted(codes(first) + codes(second)) == list("abcdef")

    def test_begins_with_the_first_ordering(self, client: Client) -> None:
        assert codes(asked(client)) == codes(asked(client, order_by="code"))

    def test_survives_deletes_and_inserts(self, client: Client) -> None:
        after = cursor(client, size=2)

        PalletRow.objects.filter(code__in="ab").delete()

        assert codes(asked(client, size=2, after=after)) == "cd"

    def test_counts_where_that_is_asked(self, client: Client) -> None:
        counted = asked(client, size=2, count="true", status="open")

        assert counted.json()["total"] == 5
        assert asked(client, size=2).json()["total"] is None

    def test_keeps_to_the_limits_of_a_subclass(self, client: Client) -> None:
        assert codes(asked(client, "short")) == "a"
        assert codes(asked(client, "short", size=2)) == "ab"
        assert asked(client, "short", size=3).status_code == 422

    def test_goes_by_the_key_where_no_ordering_is_declared(self, client: Client) -> None:
        found = codes(asked(client, "by-key"))

        in_order = PalletRow.objects.order_by("pk").values_list("code", flat=True)
        assert found == "".join(in_order)
        assert asked(client, "by-key", order_by="code").status_code == 422

    @pytest.mark.parametrize(
        ("query", "pointer"),
        [
            ({"size": 0}, "#/size"),
            ({"size": 201}, "#/size"),
            ({"order_by": "price_amount"}, "#/order_by"),
            ({"count": "perhaps"}, "#/count"),
            ({"state": "open"}, "#/state"),
            ({"status": ["open", "lost"]}, "#/status/1"),
        ],
    )
    def test_points_at_what_it_does_not_take(
        self, client: Client, query: Mapping[str, Any], pointer: str
    ) -> None:
        response = asked(client, **query)

        assert response.status_code == 422
        assert [(e["location"], e["pointer"]) for e in response.json()["errors"]] == [
            ("query", pointer)
        ]

    def test_needs_a_page_from_the_view(self, client: Client) -> None:
        with pytest.raises(NoPageError) as refused:
            Client().get("/api/all", headers={"Authorization": "Bearer 1"})

        assert str(refused.value) == (
            "list_all takes Paging, and returned list. "
            "Return the Page that a repository's page() gives."
        )

    @pytest.mark.parametrize("given", [int, Literal[1], Literal["code"] | None])
    def test_needs_orderings_in_its_brackets(self, given: Any) -> None:
        with pytest.raises(NoOrderingsError, match="names no orderings"):
            Paging.bulkhead_parameter(given)


class TestCursor:
    @pytest.mark.parametrize(
        "changed",
        [
            {"order_by": "-code"},
            {"status": "open"},
            {"price_from": "0"},
            {"user": 2},
            {"path": "states/open/pallets"},
        ],
    )
    def test_is_of_one_query_and_one_user(self, client: Client, changed: Mapping[str, Any]) -> None:
        after = cursor(client, size=2)

        response = asked(client, **{"after": after, "size": 2, **changed})

        assert (response.status_code, response.json()) == (400, BAD_CURSOR)

    def test_is_of_one_path(self, client: Client) -> None:
        after = cursor(client, "states/open/pallets", size=2)

        assert asked(client, "states/shipped/pallets", after=after).json() == BAD_CURSOR
        assert codes(asked(client, "states/open/pallets", after=after)) == "cde"

    @pytest.mark.parametrize(
        "changed", [{"x-tenant": "b"}, {"x-tenant": ""}, {"cookie": "yard-code=m"}]
    )
    def test_is_of_the_headers_and_cookies_that_the_endpoint_reads(
        self, client: Client, changed: dict[str, str]
    ) -> None:
        known = {"authorization": "Bearer 1", "x-tenant": "a"}
        first = client.get("/api/tenants?size=2", headers=known)
        address = f"/api/tenants?after={first.json()['next_cursor']}"

        same = client.get(address, headers=known | {"x-other": "c", "cookie": "other=d"})
        other = client.get(address, headers=known | changed)

        assert codes(same) == "cdef"
        assert other.json() == BAD_CURSOR

    @pytest.mark.parametrize("forged", ["", "x", ":", "{}x", "x{}", "é", "eyJhIjoxfQ:1:2:3"])
    def test_is_refused_where_it_was_changed(self, client: Client, forged: str) -> None:
        after = forged.format(cursor(client, size=2))

        response = asked(client, after=after)

        assert (response.status_code, response.json()) == (400, BAD_CURSOR)

    def test_is_refused_at_every_length_but_its_own(self, client: Client) -> None:
        whole = cursor(client, size=2)

        found = {asked(client, after=whole[:length]).status_code for length in range(len(whole))}

        assert found == {400}

    def test_goes_on_where_the_filters_are_written_in_another_order(self, client: Client) -> None:
        first = client.get(
            "/api/pallets?status=open&code=&size=2", headers={"Authorization": "Bearer 1"}
        )

        second = client.get(
            f"/api/pallets?size=1&code=&after={first.json()['next_cursor']}&status=open",
            headers={"Authorization": "Bearer 1"},
        )

        assert codes(second) == "c"

    def test_outlives_a_rotated_secret_key(self, client: Client) -> None:
        with override_settings(SECRET_KEY="old"):
            after = cursor(client, size=2)

        with override_settings(SECRET_KEY="new", SECRET_KEY_FALLBACKS=["old"]):
            assert codes(asked(client, size=2, after=after)) == "cd"

    def test_is_of_one_body_where_a_list_is_asked_for_by_post(self, client: Client) -> None:
        def searched(body: object, **query: object) -> Any:
            return client.post(
                "/api/searches",
                body,
                content_type="application/json",
                query_params={"size": 2, **query},
                headers={"Authorization": "Bearer 1"},
            )

        after = searched({"code": "a"}).json()["next_cursor"]

        assert codes(searched({"code": "a"}, after=after)) == "cd"
        assert searched({"code": "b"}, after=after).json() == BAD_CURSOR

    @pytest.mark.usefixtures("client")
    def test_needs_no_user_where_anyone_is_let_in(self) -> None:
        with calling(lists_api(auth=ANYONE)) as client:
            assert codes(client.get("/api/pallets", {"after": cursor(client, size=2)})) == "cdef"

    @pytest.mark.parametrize("auth", [KeyOfNobody(), KeyOfCaller(), KeyOfStoredCaller()])
    @pytest.mark.parametrize("path", ["pallets", "later"])
    @pytest.mark.parametrize("signed_in", [False, True])
    @pytest.mark.usefixtures("client")
    @pytest.mark.django_db(transaction=True)
    def test_is_of_one_key_where_that_stands_for_no_user(
        self, auth: object, path: str, *, signed_in: bool
    ) -> None:
        with calling(lists_api(auth=[auth])) as client:
            if signed_in:
                client.force_login(User.objects.create_user("member"))
            after = cursor(client, path, size=2, user="k")

            assert asked(client, path, after=after, user="k").status_code == 200
            assert asked(client, path, after=after, user="l").json() == BAD_CURSOR

    @pytest.mark.usefixtures("client")
    def test_is_answered_where_the_key_stands_in_the_query(self) -> None:
        with calling(lists_api(auth=[KeyInQuery()])) as client:
            after = cursor(client, size=2, key="k")

            assert codes(client.get("/api/pallets", {"after": after, "key": "k"})) == "cdef"

    def test_is_sealed_where_the_view_is_async(self, client: Client) -> None:
        after = cursor(client, "later")

        assert after.startswith("after None:")
        assert cursor(client, "later", after=after).startswith("after after None:")


class TestFilters:
    @pytest.mark.parametrize(
        ("query", "expected"),
        [
            ({"status": "shipped"}, "f"),
            ({"status": ["open", "shipped"]}, "abcdef"),
            ({"price_from": 1, "price_to": "3"}, "bcd"),
            ({"code": "C"}, "c"),
        ],
    )
    def test_narrow_a_list(self, client: Client, query: Mapping[str, Any], expected: str) -> None:
        assert codes(asked(client, **query)) == expected

    def test_are_named_where_one_is_unknown(self, client: Client) -> None:
        response = asked(client, "filtered", state="open")

        assert response.status_code == 422
        assert response.json()["errors"] == [
            {
                "location": "query",
                "pointer": "#/state",
                "code": "extra_forbidden",
                "detail": "There is no such parameter. "
                "Possible: code, price_from, price_to, status.",
            }
        ]

    def test_are_left_to_an_endpoint_that_declares_no_closed_query(self, client: Client) -> None:
        assert asked(client, "open", x=1).json() == ["x"]


class TestDocument:
    def test_lists_what_a_list_takes(self) -> None:
        details = document_of(lists_api(), "/pallets")

        taken = {each["name"]: each for each in details["parameters"]}
        assert list(taken) == [
            *("status", "price_from", "price_to", "code"),
            *("order_by", "size", "after", "count"),
        ]
        assert taken["status"]["schema"]["type"] == "array"
        assert taken["order_by"]["schema"]["enum"] == ["code", "-code", "-price_amount", "note"]
        assert taken["order_by"]["schema"]["default"] == "code"
        limits = {key: taken["size"]["schema"][key] for key in ("default", "minimum", "maximum")}
        assert limits == {"default": 50, "minimum": 1, "maximum": 200}
        assert not any(each["required"] for each in taken.values())
        assert 400 in details["responses"]

    def test_writes_a_single_ordering_as_an_enum(self) -> None:
        details = document_of(lists_api(), "/short")

        [order_by] = [each for each in details["parameters"] if each["name"] == "order_by"]
        assert order_by["schema"]["enum"] == ["code"]
        assert "const" not in order_by["schema"]

    def test_names_the_page_after_its_items(self) -> None:
        document = lists_api().get_openapi_schema(path_prefix="")

        page = document["components"]["schemas"]["PageOfPalletOut"]
        assert page["required"] == ["items", "next_cursor", "total"]
        assert page["properties"]["items"]["items"] == {"$ref": "#/components/schemas/PalletOut"}
