"""Eight threads change one invoice over HTTP: none of the changes that were accepted is lost."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from uuid import UUID

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, override_settings
from django.urls import path
from pytest_django.live_server_helper import LiveServer

from bulkhead.api import ComponentAPI, Router, component_api
from bulkhead.testing.threads import RunInThreads
from components.invoicing.api.schemas import ClaimIn, InvoiceOut
from components.invoicing.domain.invoices import Invoice
from components.invoicing.service import invoices
from tests.components.conftest import CSRF_TOKEN, EVERYTHING, user_with
from tests.components.contracts import sign_contract
from tests.components.invoices import submit_invoice

pytestmark = [
    pytest.mark.component("invoicing", "contracting"),
    pytest.mark.django_db(transaction=True),
]

REQUESTS = 200
router = Router(permission="invoicing.submit_invoice")


@router.put("/invoices/{uuid:invoice_id}", response=InvoiceOut, if_match=False)
def correct_anyway(request: HttpRequest, invoice_id: UUID, claim: ClaimIn) -> Invoice:
    """Correct an invoice in whichever state it is."""
    return invoices.correct_invoice(
        invoice_id=invoice_id,
        number=claim.number,
        issued_on=claim.issued_on,
        due_on=claim.due_on,
        lines=[each.line() for each in claim.lines],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one request."""

    mark: str
    status: int
    version: int | None


class Caller:
    """Changes the invoice by real requests, one connection each."""

    def __init__(self, server: LiveServer, invoice: Invoice) -> None:
        self.address = server.url.removeprefix("http://")
        self.invoice = invoice
        client = Client()
        client.force_login(user_with(*EVERYTHING))
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.headers = {
            "Content-Type": "application/json",
            "Cookie": f"sessionid={session}; csrftoken={CSRF_TOKEN}",
            "X-CSRFToken": CSRF_TOKEN,
        }

    def correct_what_was_seen(self, mark: str) -> Outcome:
        """Read the invoice, then correct it, if it still is what was read."""
        address = f"/api/invoicing/invoices/{self.invoice.id}"
        _, tag, _ = self._ask("GET", address)
        return self._corrected(address, mark, {"If-Match": tag})

    def correct_anyway(self, mark: str) -> Outcome:
        """Correct the invoice, whatever it is by now; every fifth claim is above the contract."""
        price = "10000" if int(mark) % 5 == 0 else "1"
        return self._corrected(f"/api/anyway/invoices/{self.invoice.id}", mark, {}, price=price)

    def _corrected(
        self, address: str, mark: str, headers: dict[str, str], *, price: str = "1"
    ) -> Outcome:
        status, _, content = self._ask("PUT", address, _claim(mark, price), headers)
        version = json.loads(content)["version"] if status == 200 else None
        return Outcome(mark=mark, status=status, version=version)

    def _ask(
        self, method: str, address: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, str, bytes]:
        connection = HTTPConnection(self.address, timeout=120)
        connection.request(method, address, body, {**self.headers, **(headers or {})})
        response = connection.getresponse()
        content = response.read()
        connection.close()
        return response.status, response.headers.get("ETag", ""), content


@pytest.fixture
def api() -> Iterator[ComponentAPI]:
    """The endpoints of the project, and one that opts out of asking for the state."""
    api = component_api(title="Races", routers=[("/anyway", router)])
    with override_settings(ROOT_URLCONF=(path("api/", api.urls),)):
        yield api


@pytest.fixture
def caller(api: ComponentAPI, live_server: LiveServer) -> Caller:
    assert api.title == "Races"
    contract = sign_contract(1000)
    return Caller(live_server, submit_invoice(contract.id, "1"))


class TestEightThreads:
    def test_change_an_invoice_as_they_have_seen_it(
        self, caller: Caller, run_in_threads: RunInThreads
    ) -> None:
        marks = [str(number) for number in range(REQUESTS)]

        outcomes = run_in_threads(caller.correct_what_was_seen, marks, threads=8)

        counted = Counter(outcome.status for outcome in outcomes)
        assert set(counted) == {200, 412}
        _require_none_lost(caller.invoice, outcomes)

    def test_change_an_invoice_whatever_it_is_by_now(
        self, caller: Caller, run_in_threads: RunInThreads
    ) -> None:
        marks = [str(number) for number in range(REQUESTS)]

        outcomes = run_in_threads(caller.correct_anyway, marks, threads=8)

        counted = Counter(outcome.status for outcome in outcomes)
        assert counted == {200: 160, 409: 40}
        _require_none_lost(caller.invoice, outcomes)


def _require_none_lost(invoice: Invoice, outcomes: list[Outcome]) -> None:
    """Hold each accepted change to have made one version of its own, up to the one stored."""
    accepted = sorted(outcome.version or 0 for outcome in outcomes if outcome.status == 200)
    stored = invoices.get_invoice(invoice_id=invoice.id)
    assert len(outcomes) == REQUESTS
    assert stored.version - invoice.version == len(accepted)
    assert accepted == list(range(invoice.version + 1, stored.version + 1))
    [last] = [outcome.mark for outcome in outcomes if outcome.version == stored.version]
    assert stored.lines[0].description == f"Claim {last}"


def _claim(mark: str, price: str) -> str:
    return json.dumps(
        {
            "number": "R-1",
            "issued_on": "2026-05-01",
            "due_on": "2026-06-01",
            "lines": [
                {
                    "description": f"Claim {mark}",
                    "quantity": "1",
                    "unit": "pc",
                    "unit_price": {"amount": price, "currency": "EUR"},
                }
            ],
        }
    )
