"""A client that speaks JSON, as a frontend does: signed in, with its CSRF token."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

CSRF_TOKEN = "t" * 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a client gets."""

    status_code: int
    content_type: str
    content: bytes

    def json(self) -> Any:
        return json.loads(self.content)


class JSONClient:
    """Asks the endpoints under /api/."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.client.cookies["csrftoken"] = CSRF_TOKEN
        self.client.force_login(User.objects.create_user("controller"))

    def get(self, path: str, **query: object) -> Answer:
        return self._send("GET", f"{path}?{urlencode(query)}", None)

    def post(self, path: str, body: object = None) -> Answer:
        return self._send("POST", path, body)

    def put(self, path: str, body: object = None) -> Answer:
        return self._send("PUT", path, body)

    def _send(self, method: str, path: str, body: object) -> Answer:
        response = self.client.generic(
            method,
            f"/api/{path}",
            "" if body is None else json.dumps(body),
            content_type="application/json",
            headers={"X-CSRFToken": CSRF_TOKEN},
        )
        return Answer(
            status_code=response.status_code,
            content_type=response.headers["Content-Type"],
            content=response.content,
        )


@pytest.fixture
def api() -> JSONClient:
    return JSONClient()
