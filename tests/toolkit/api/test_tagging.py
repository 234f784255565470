"""Answers with an aggregate bear its tag, and are not sent to those who have them."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client

from bulkhead.api import ANYONE, ComponentAPI, SessionAuth, Status
from bulkhead.api.tags import State
from tests.toolkit.api.calling import calling, document_of
from tests.toolkit.api.pallets import PalletOut, get_pallet, pallets_api, stored_pallet
from tests.toolkit.yard.stock.domain.pallets import Pallet

pytestmark = pytest.mark.component("stock")


@pytest.fixture
def client() -> Iterator[Client]:
    with calling(pallets_api()) as client:
        yield client


@pytest.fixture
def path() -> str:
    return f"/api/pallets/{stored_pallet().id}"


class TestTag:
    def test_tells_state_and_content_of_what_is_read(self, client: Client, path: str) -> None:
        response = client.get(path)

        state = State(type="stock.Pallet", key=response.json()["id"], version=1)
        assert response["ETag"] == state.tag(response.content)
        assert response["ETag"].startswith(f'"stock.Pallet:{state.key}:1:')

    def test_tells_the_state_alone_of_what_is_changed(self, client: Client, path: str) -> None:
        response = client.put(f"{path}?text=x")

        assert response["ETag"] == f'"stock.Pallet:{response.json()["id"]}:2"'

    def test_is_quoted_where_the_key_needs_it(self) -> None:
        assert State(type="a.B", key='x:"é', version=1).tag() == '"a.B:x%3A%22%C3%A9:1"'

    def test_is_on_no_answer_that_refuses(self) -> None:
        def refuse(request: HttpRequest) -> Status[Pallet]:
            return Status(409, stored_pallet())

        api = ComponentAPI(title="Pallets", auth=None)
        api.default_router.post("/refused", response={409: PalletOut})(refuse)

        with calling(api) as client:
            response = client.post("/api/refused")

        assert (response.status_code, "ETag" in response) == (409, False)

    @pytest.mark.parametrize("address", ["/api/tally", "/api/pallets"])
    def test_is_of_an_aggregate_with_a_version_alone(self, client: Client, address: str) -> None:
        assert "ETag" not in client.get(address)


class TestIfNoneMatch:
    @pytest.mark.parametrize("written", ["{}", "W/{}", '"a", {}', "*"])
    def test_sends_nothing_that_is_known(self, client: Client, path: str, written: str) -> None:
        shown = client.get(path)["ETag"]

        response = client.get(path, headers={"If-None-Match": written.format(shown)})

        assert (response.status_code, response.content) == (304, b"")
        assert response["ETag"] == shown
        assert "Content-Type" not in response

    def test_says_what_the_whole_answer_varies_by(self, path: str) -> None:
        def show(request: HttpRequest, response: HttpResponse, pallet_id: UUID) -> Pallet:
            response["Vary"] = "X-Tenant"
            response["Cache-Control"] = "private"
            return get_pallet(request, pallet_id)

        api = ComponentAPI(title="Pallets", auth=[SessionAuth(), ANYONE])
        api.default_router.get("/pallets/{uuid:pallet_id}", response=PalletOut)(show)

        with calling(api) as client:
            whole = client.get(path)
            known = client.get(path, headers={"If-None-Match": whole["ETag"]})

        assert (whole.status_code, known.status_code) == (200, 304)
        assert known["Vary"] == whole["Vary"]
        assert {"X-Tenant", "Cookie"} <= set(known["Vary"].split(", "))
        assert known["Cache-Control"] == "private"

    def test_sends_what_has_changed(self, client: Client, path: str) -> None:
        shown = client.get(path)["ETag"]
        client.put(f"{path}?text=x")

        response = client.get(path, headers={"If-None-Match": shown})

        assert (response.status_code, response.json()["note"]) == (200, "x")

    def test_changes_nothing_about_a_change(self, client: Client, path: str) -> None:
        assert client.put(f"{path}?text=x", headers={"If-None-Match": "*"}).status_code == 200


class TestDocument:
    def test_names_the_header_and_the_answer_without_content(self) -> None:
        details = document_of(pallets_api(), "/pallets/{pallet_id}")

        assert list(details["responses"]) == [200, 304, 404, 422, 500]
        assert [each["name"] for each in details["parameters"]] == ["pallet_id", "If-None-Match"]
        assert details["responses"][304]["headers"] == details["responses"][200]["headers"]
        assert "content" not in details["responses"][304]

    def test_names_none_where_no_aggregate_is_answered(self) -> None:
        details = document_of(pallets_api(), "/pallets")

        assert "headers" not in details["responses"][200]
        assert 304 not in details["responses"]
