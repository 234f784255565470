"""Requests made up from the document: whatever is sent, what comes back is documented."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.contrib.auth.models import User
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.http import HttpRequest
from django.test import override_settings
from django.urls import path
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from ninja.security import HttpBearer
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from bulkhead.api import ComponentAPI, SessionAuth, component_api
from project.api import router as portfolio
from tests.api.endpoints import Endpoint, endpoints
from tests.api.ways import Way, way_to
from tests.components.conftest import EVERYTHING, user_with

pytestmark = [pytest.mark.component("budgeting", "contracting", "invoicing"), pytest.mark.slow]

ALL = endpoints()
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
MODES = [GenerationMode.POSITIVE, GenerationMode.NEGATIVE]
TRIED = settings(
    max_examples=20,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


class TokenAuth(HttpBearer):
    """Takes the user's name for the token."""

    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return User.objects.filter(username=token).first()


@pytest.fixture
def api() -> Iterator[ComponentAPI]:
    """The endpoints of the project, which take a token too."""
    api = component_api(
        title="Cost control",
        auth=[TokenAuth(), SessionAuth()],
        routers=[("/portfolio", portfolio)],
    )
    with override_settings(ROOT_URLCONF=(path("api/", api.urls),), ALLOWED_HOSTS=["*"]):
        yield api


@pytest.fixture(autouse=True)
def _keep_connections() -> Iterator[None]:
    """Let the end of a request leave the test's transaction open, as Django's client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


class Caller:
    """Sends what is made up, and holds the answers to the document."""

    def __init__(self, api: ComponentAPI, endpoint: Endpoint, headers: dict[str, str]) -> None:
        document = api.get_openapi_schema(path_prefix="/api/")
        schema = schemathesis.openapi.from_dict(_as_sent(document))
        schema.app = WSGIHandler()
        self.operation = schema[endpoint.path][endpoint.method.upper()]
        self.endpoint = endpoint
        self.headers = headers
        self.statuses: set[int] = set()

    def call_as_made_up(self) -> None:
        """Send what is made up as it is, and with more and more of what the endpoint accepts."""

        @TRIED
        @given(
            case=st.one_of([self.operation.as_strategy(generation_mode=mode) for mode in MODES]),
            parts=st.sets(st.sampled_from(["ids", "state", "body"])),
        )
        def called(case: Any, parts: set[str]) -> None:
            self._call(_with(case, way_to(self.endpoint.id), parts))

        called()

    def call_as_accepted(self) -> None:
        """Send what the endpoint accepts."""
        case = self.operation.Case()
        self._call(_with(case, way_to(self.endpoint.id), {"ids", "state", "body"}))

    def _call(self, case: Any) -> None:
        response = case.call_and_validate(headers=self.headers, checks=CHECKS)
        self.statuses.add(response.status_code)


@pytest.mark.parametrize("endpoint", ALL, ids=str)
class TestDocument:
    def test_says_all_that_comes_to_whom_a_token_names(
        self, api: ComponentAPI, endpoint: Endpoint
    ) -> None:
        name = user_with(*EVERYTHING).username
        caller = Caller(api, endpoint, {"Authorization": f"Bearer {name}"})

        caller.call_as_accepted()
        caller.call_as_made_up()

        assert caller.statuses & {200, 201, 204}

    def test_says_all_that_comes_to_who_has_no_permission(
        self, api: ComponentAPI, endpoint: Endpoint
    ) -> None:
        name = User.objects.create_user("guest").username
        caller = Caller(api, endpoint, {"Authorization": f"Bearer {name}"})

        caller.call_as_accepted()
        caller.call_as_made_up()

        assert 403 in caller.statuses
        assert caller.statuses <= {403, 404}

    def test_says_all_that_comes_to_who_has_not_signed_in(
        self, api: ComponentAPI, endpoint: Endpoint
    ) -> None:
        caller = Caller(api, endpoint, {})

        caller.call_as_accepted()
        caller.call_as_made_up()

        assert 401 in caller.statuses
        assert caller.statuses <= {401, 404}


def _with(case: Any, way: Way, parts: set[str]) -> Any:
    """Put what exists in the place of what is made up."""
    if "ids" in parts:
        case.path_parameters = {name: str(value) for name, value in way.path.items()}
        if isinstance(case.body, dict) and isinstance(way.body, dict):
            case.body |= {name: way.body[name] for name in way.body if name.endswith("_id")}
    if "state" in parts and way.tag is not None:
        case.headers = {**(case.headers or {}), "If-Match": way.tag}
    if "body" in parts and way.body is not None:
        case.body, case.media_type = way.body, "application/json"
    return case


def _as_sent(document: Any) -> Any:
    """Return the document as a client reads it."""
    return json.loads(json.dumps(document))
