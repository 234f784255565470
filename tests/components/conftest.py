"""A client that speaks JSON, as a frontend does: signed in, with its CSRF token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import Permission, User
from django.test import Client

CSRF_TOKEN = "t" * 32
EVERYTHING = (
    "budgeting.view_budgetrow",
    "budgeting.plan_budget",
    "contracting.view_contractrow",
    "contracting.draft_contract",
    "contracting.sign_contract",
    "invoicing.view_invoicerow",
    "invoicing.submit_invoice",
    "invoicing.approve_invoice",
    "invoicing.pay_invoice",
    "portfolio.view_project",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a client gets."""

    status_code: int
    content_type: str
    etag: str | None
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class JSONClient:
    """Asks the endpoints under /api/."""

    def __init__(self, *permissions: str, name: str = "controller") -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.cookies["csrftoken"] = CSRF_TOKEN
        self.client.force_login(user_with(*permissions, name=name))

    def get(self, path: str, **query: object) -> Answer:
        return self._send("GET", f"{path}?{urlencode(query, doseq=True)}", None)

    def post(self, path: str, body: object = None, *, if_match: str | None = "*") -> Answer:
        return self._send("POST", path, body, if_match)

    def put(self, path: str, body: object = None, *, if_match: str | None = "*") -> Answer:
        return self._send("PUT", path, body, if_match)

    def patch(self, path: str, body: object = None, *, if_match: str | None = "*") -> Answer:
        return self._send("PATCH", path, body, if_match)

    def _send(self, method: str, path: str, body: object, if_match: str | None = None) -> Answer:
        state = {} if if_match is None else {"If-Match": if_match}
        response = self.client.generic(
            method,
            f"/api/{path}",
            "" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"X-CSRFToken": CSRF_TOKEN, **state},
        )
        return Answer(
            status_code=response.status_code,
            content_type=response.headers["Content-Type"],
            etag=response.headers.get("ETag"),
            content=response.content,
        )


def user_with(*permissions: str, name: str = "controller") -> User:
    user = User.objects.create_user(name)
    for each in permissions:
        label, codename = each.split(".")
        user.user_permissions.add(
            Permission.objects.get(content_type__app_label=label, codename=codename)
        )
    return user


@pytest.fixture
def api() -> JSONClient:
    """Speaks for somebody who may do whatever the endpoints offer."""
    return JSONClient(*EVERYTHING)
