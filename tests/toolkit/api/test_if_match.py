"""A change is made to the state that the client has seen, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.http import HttpRequest
from django.test import Client

from bulkhead.api import ComponentAPI, IfMatch
from bulkhead.api.if_match import UnversionedError
from tests.toolkit.api.calling import calling, document_of
from tests.toolkit.api.pallets import PalletOut, pallets_api, ship, stored_pallet
from tests.toolkit.yard.stock.domain.pallets import Pallet, Tally

pytestmark = pytest.mark.component("stock")


@pytest.fixture
def client() -> Iterator[Client]:
    with calling(pallets_api()) as client:
        yield client


@pytest.fixture
def pallet() -> Pallet:
    return stored_pallet()


def tag(pallet: Pallet, *, version: int = 1) -> str:
    return f'"stock.Pallet:{pallet.id}:{version}"'


def show_code(request: HttpRequest, code: str) -> None: ...
def show_all(request: HttpRequest, code: str) -> None: ...
def show_nth(request: HttpRequest, code: str, n: int) -> None: ...


def ship_nth(request: HttpRequest, code: str, n: int, version: IfMatch[Pallet]) -> Pallet:
    return ship(request, code, version)


def noted(client: Client, pallet: Pallet, header: str | None, *, text: str = "x") -> Any:
    headers = {} if header is None else {"If-Match": header}
    return client.post(f"/api/pallets/{pallet.id}/note?text={text}", headers=headers)


class TestChange:
    def test_is_made_to_the_state_that_was_seen(self, client: Client, pallet: Pallet) -> None:
        shown = client.get(f"/api/pallets/{pallet.id}")["ETag"]

        response = noted(client, pallet, shown)

        assert response.status_code == 200
        assert response.json()["version"] == 2
        assert response["ETag"] == tag(pallet, version=2)

    def test_goes_on_from_the_tag_that_it_answered(self, client: Client, pallet: Pallet) -> None:
        first = noted(client, pallet, tag(pallet))

        second = noted(client, pallet, first["ETag"], text="y")

        assert second.json()["version"] == 3

    @pytest.mark.parametrize(
        "written",
        [
            "W/{}",
            " {} ",
            '"something-else", {}',
            '{}, "stock.Shelf:1:1"',
            "{}:0123",
            "{}, {}:0123",
            "W/{},{}",
            ", {}, ,",
        ],
    )
    def test_takes_every_form_of_the_tag(
        self, client: Client, pallet: Pallet, written: str
    ) -> None:
        header = written.replace("{}", tag(pallet)).replace('":0123', ':0123"')

        assert noted(client, pallet, header).status_code == 200

    def test_takes_whichever_state_there_is(self, client: Client, pallet: Pallet) -> None:
        noted(client, pallet, tag(pallet))

        assert noted(client, pallet, "*", text="y").json()["version"] == 3

    def test_does_not_find_what_is_not_there(self, client: Client, pallet: Pallet) -> None:
        pallet.id = UUID(int=7)

        assert noted(client, pallet, "*").status_code == 404

    def test_needs_the_tag(self, client: Client, pallet: Pallet) -> None:
        response = noted(client, pallet, None)

        assert _problem(response) == {
            "type": "urn:problem:bulkhead:PreconditionRequired",
            "title": "Precondition required",
            "status": 428,
            "detail": "This changes Pallet, and the request does not say which state of it is "
            "meant. Send the ETag that it was shown with in the header If-Match.",
        }

    def test_is_refused_where_it_has_moved_on(self, client: Client, pallet: Pallet) -> None:
        noted(client, pallet, tag(pallet))

        response = noted(client, pallet, tag(pallet))

        assert _problem(response) == {
            "type": "urn:problem:bulkhead:StaleAggregateError",
            "title": "Stale aggregate",
            "status": 412,
            "detail": f"Pallet {pallet.id} was changed or removed by somebody else in the "
            f"meantime. Load it again, and repeat the change on what is there now.",
            "aggregate": "Pallet",
            "key": str(pallet.id),
            "expected": 1,
            "found": 2,
            "current": f"/api/pallets/{pallet.id}",
        }

    @pytest.mark.parametrize(
        "given",
        [
            '"stock.Pallet:{other}:1"',
            '"stock.Shelf:{own}:1"',
            '"sales.Pallet:{own}:1"',
            '"33a64df5"',
            '""',
        ],
    )
    def test_is_refused_with_the_tag_of_something_else(
        self, client: Client, pallet: Pallet, given: str
    ) -> None:
        other = stored_pallet("P-2")

        response = noted(client, pallet, given.format(other=other.id, own=pallet.id))

        assert _problem(response) == {
            "type": "urn:problem:bulkhead:OtherResource",
            "title": "Other resource",
            "status": 412,
            "detail": "The tag in If-Match was not given for this Pallet. "
            "Send the ETag that it was shown with.",
            "current": f"/api/pallets/{pallet.id}",
        }

    @pytest.mark.parametrize(
        ("header", "code", "detail"),
        [
            (
                "1",
                "no_tag",
                "This is no entity tag: send the ETag as it was answered, with its quotes.",
            ),
            (
                '"stock.Pallet:1:1", "stock.Pallet:2:1"',
                "several_tags",
                "These are several tags: send the one of what is to be changed.",
            ),
        ],
    )
    def test_is_refused_with_what_is_no_tag(
        self, client: Client, pallet: Pallet, header: str, code: str, detail: str
    ) -> None:
        response = noted(client, pallet, header)

        assert _problem(response)["errors"] == [
            {"location": "header", "pointer": "#/If-Match", "code": code, "detail": detail}
        ]


class TestCurrentState:
    """The link to what is there now."""

    def test_is_found_by_the_key_where_the_address_has_none(
        self, client: Client, pallet: Pallet
    ) -> None:
        response = client.post(
            f"/api/codes/{pallet.code}/ship", headers={"If-Match": tag(pallet, version=7)}
        )

        assert _problem(response)["current"] == f"/api/pallets/{pallet.id}"

    def test_is_where_the_longest_beginning_of_the_address_leads(self, pallet: Pallet) -> None:
        api = ComponentAPI(title="Pallets", auth=None)
        api.default_router.get("/codes/{code}")(show_code)
        api.default_router.get("/codes/{code}/pallets/{n}")(show_nth)
        api.default_router.get("/codes/{code}/pallets")(show_all)
        api.default_router.post("/codes/{code}/pallets/{n}/ship", response=PalletOut)(ship_nth)

        with calling(api) as client:
            response = client.post(
                f"/api/codes/{pallet.code}/pallets/1/ship",
                headers={"If-Match": tag(pallet, version=7)},
            )

        assert _problem(response)["current"] == f"/api/codes/{pallet.code}/pallets/1"

    def test_is_left_out_where_no_address_shows_it(self, pallet: Pallet) -> None:
        api = ComponentAPI(title="Pallets", auth=None)
        api.default_router.post("/codes/{code}/ship", response=PalletOut)(ship)

        with calling(api) as client:
            response = client.post(
                f"/api/codes/{pallet.code}/ship", headers={"If-Match": tag(pallet, version=7)}
            )

        assert "current" not in _problem(response)


class TestOptional:
    def test_changes_what_is_there_without_a_tag(self, client: Client, pallet: Pallet) -> None:
        assert client.put(f"/api/pallets/{pallet.id}?text=x").json()["version"] == 2

    def test_looks_at_a_tag_that_is_sent(self, client: Client, pallet: Pallet) -> None:
        headers = {"If-Match": tag(pallet, version=3)}

        response = client.put(f"/api/pallets/{pallet.id}?text=x", headers=headers)

        assert response.status_code == 412


class TestDocument:
    def test_says_that_the_header_is_needed(self) -> None:
        details = document_of(pallets_api(), "/pallets/{pallet_id}/note", "post")

        [header] = [each for each in details["parameters"] if each["in"] == "header"]
        assert (header["name"], header["required"]) == ("If-Match", True)
        assert header["schema"]["type"] == "string"
        assert {412, 428} <= set(details["responses"])
        assert "ETag" in details["responses"][200]["headers"]

    def test_says_that_the_header_may_be_left_out(self) -> None:
        details = document_of(pallets_api(), "/pallets/{pallet_id}", "put")

        [header] = [each for each in details["parameters"] if each["in"] == "header"]
        assert header["required"] is False
        assert 412 in details["responses"]
        assert 428 not in details["responses"]


class TestDeclaration:
    def test_needs_an_aggregate_with_a_version(self) -> None:
        def count(request: HttpRequest, version: IfMatch[Tally]) -> None: ...

        api = ComponentAPI(title="Tallies")
        api.default_router.post("/tallies")(count)

        with pytest.raises(UnversionedError) as refused:
            _ = api.urls

        assert str(refused.value) == (
            "IfMatch[Tally] can't be looked at: Tally is no aggregate with a version. Name the "
            "class of a repository, and give it `version: int = 0` and its row an integer column."
        )


def _problem(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == response.status_code
    return problem
