"""Many changes of one invoice at once, through the admin."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.test import Client

from bulkhead.testing.threads import RunInThreads
from components.invoicing.domain.invoices import Invoice
from components.invoicing.service import invoices
from tests.components.contracts import sign_contract
from tests.components.invoices import submit_invoice
from tests.toolkit.admin.filling import form_on

pytestmark = [pytest.mark.component("budgeting"), pytest.mark.django_db(transaction=True)]

REQUESTS = 48
"""Each reads the form and saves it; the sessions take turns."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Two people who work on one invoice, each in a session of their own."""

    sessions: tuple[str, str]
    invoice_id: UUID

    @property
    def page(self) -> str:
        return f"/admin/invoicing/invoicerow/{self.invoice_id}/change/"

    def client(self, place: int) -> Client:
        client = Client(enforce_csrf_checks=True)
        client.cookies["sessionid"] = self.sessions[place % 2]
        return client

    def save(self, place: int) -> str:
        """Read the form, type something, save; say what came of it."""
        client = self.client(place)
        form = form_on(client, self.page) | {"lines-0-description": f"Typed by {place}"}
        return outcome(client, self.page, form)


def outcome(client: Client, page: str, form: dict[str, str]) -> str:
    response = client.post(page, form)
    if response.status_code == 302:
        return "saved"
    text = response.content.decode()
    assert response.status_code == 200
    assert "was changed while you worked on it" in text
    return "told"


def session_of(name: str) -> str:
    client = Client()
    client.force_login(User.objects.create_superuser(name))
    return client.cookies["sessionid"].value


@pytest.fixture
def invoice() -> Invoice:
    return submit_invoice(sign_contract(1000).id, "100")


@pytest.fixture
def desk(invoice: Invoice) -> Desk:
    return Desk(sessions=(session_of("ann"), session_of("bob")), invoice_id=invoice.id)


class TestTwoSessions:
    def test_lose_no_change_and_invent_none(
        self, desk: Desk, invoice: Invoice, run_in_threads: RunInThreads
    ) -> None:
        outcomes = Counter(run_in_threads(desk.save, range(REQUESTS)))

        stored = invoices.get_invoice(invoice_id=desk.invoice_id)
        assert outcomes.total() == REQUESTS
        assert outcomes["saved"] == stored.version - invoice.version
        assert outcomes["saved"] == LogEntry.objects.filter(object_id=desk.invoice_id).count()
        assert min(outcomes["saved"], outcomes["told"]) > 0

    def test_save_one_of_many_forms_that_were_read_at_once(
        self, desk: Desk, invoice: Invoice, run_in_threads: RunInThreads
    ) -> None:
        clients = [desk.client(place) for place in range(16)]
        read = [form_on(client, desk.page) for client in clients]

        def save(place: int) -> str:
            typed = {"lines-0-description": f"Typed by {place}"}
            return outcome(clients[place], desk.page, read[place] | typed)

        outcomes = Counter(run_in_threads(save, range(16)))

        stored = invoices.get_invoice(invoice_id=desk.invoice_id)
        assert outcomes == {"saved": 1, "told": 15}
        assert stored.version == invoice.version + 1
