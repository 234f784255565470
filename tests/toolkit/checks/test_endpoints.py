"""What `manage.py check` says of those who may call endpoints."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest
from django.core.checks import CheckMessage, Warning  # noqa: A004 - Django's name for it
from django.http import HttpRequest
from django.test import override_settings
from django.urls import include, path
from django.views.decorators.csrf import csrf_exempt
from ninja.security import APIKeyCookie, APIKeyHeader

from bulkhead.api import ANYONE, ComponentAPI, IfMatch, Router, SessionAuth
from bulkhead.checks.endpoints import check_endpoints
from tests.toolkit.yard.stock.domain.pallets import Pallet


def show(request: HttpRequest, berth: int = 1) -> None: ...


def show_one(request: HttpRequest, berth: int) -> None: ...


def change_seen(request: HttpRequest, berth: int, version: IfMatch[Pallet]) -> None: ...


def change_perhaps(
    request: HttpRequest, berth: int, version: IfMatch[Pallet] | None = None
) -> None: ...


def is_own(request: HttpRequest) -> bool:
    return request.user.is_authenticated


class Header(APIKeyHeader):
    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        return key


class Cookie(APIKeyCookie):
    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        return key


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return what says what is found of one endpoint."""

    def found(
        method: str = "GET", address: str = "/berths", view: Any = show, **options: Any
    ) -> list[CheckMessage]:
        router = Router()
        router.api_operation([method], address, **options)(view)
        api = ComponentAPI(title="Berths")
        api.add_router("/pier", router)
        module = ModuleType("berth_urls")
        module.__dict__["urlpatterns"] = [path("v1/", include([path("api/", api.urls)]))]
        monkeypatch.setitem(sys.modules, "berth_urls", module)
        with override_settings(ROOT_URLCONF="berth_urls"):
            return check_endpoints()

    return found


class TestAuthentication:
    def test_w064_names_an_endpoint_that_is_open_to_all(self, found: Any) -> None:
        assert found(auth=None) == [
            Warning(
                "GET /pier/berths asks nobody to sign in, and is not marked as public.",
                hint="Leave auth=None out, so that it asks for what its router or the API does, "
                "or mark it: auth=ANYONE (from bulkhead.api).",
                obj=__name__,
                id="bulkhead.W064",
            )
        ]

    @pytest.mark.parametrize("auth", [ANYONE, SessionAuth(), [SessionAuth(), ANYONE], is_own])
    def test_allows_one_that_says_whom_it_lets_in(self, found: Any, auth: Any) -> None:
        assert found(auth=auth) == []


class TestForgery:
    @pytest.mark.parametrize(
        ("auth", "view"),
        [
            (SessionAuth(csrf=False), show),
            ([Header(), SessionAuth(csrf=False)], show),
            (SessionAuth(), csrf_exempt(lambda request: request)),
        ],
    )
    def test_w065_names_an_endpoint_that_a_foreign_site_can_use(
        self, found: Any, auth: Any, view: Any
    ) -> None:
        assert found("POST", auth=auth, view=view) == [
            Warning(
                "POST /pier/berths knows who calls by a cookie (SessionAuth) and asks for no CSRF "
                "token: a foreign site could let a visitor's browser call it.",
                hint="Use SessionAuth() (from bulkhead.api), which asks for the token, and take "
                "csrf_exempt off the view; or let it be called with a token in a header.",
                obj=__name__,
                id="bulkhead.W065",
            )
        ]

    @pytest.mark.parametrize(
        ("method", "auth"),
        [
            ("GET", SessionAuth(csrf=False)),
            ("POST", SessionAuth()),
            ("POST", Header()),
            ("POST", Cookie()),
            ("POST", ANYONE),
        ],
    )
    def test_allows_one_that_none_can(self, found: Any, method: str, auth: Any) -> None:
        assert found(method, auth=auth) == []


class TestState:
    @pytest.fixture(autouse=True)
    def _in_stock(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for view in (show, show_one, change_seen, change_perhaps):
            monkeypatch.setattr(view, "__module__", "tests.toolkit.yard.stock.api.routes")

    @pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
    def test_w066_names_a_change_that_is_meant_for_no_state(self, found: Any, method: str) -> None:
        assert found(method, "/berths/{int:berth}", view=show_one) == [
            Warning(
                f"{method} /pier/berths/{{int:berth}} changes what an address names, and does not "
                f"ask which state of it the change is meant for: of two people at once, one undoes "
                f"what the other did.",
                hint="Let the view take `version: IfMatch[Pallet]` (from bulkhead.api) and hand it "
                "to the service, or say that it needs none: if_match=False.",
                obj="tests.toolkit.yard.stock.api.routes",
                id="bulkhead.W066",
            )
        ]

    @pytest.mark.parametrize(
        ("method", "address", "view", "options"),
        [
            ("GET", "/berths/{berth}", show_one, {}),
            ("POST", "/berths", show, {}),
            ("POST", "/berths/{berth}", change_seen, {}),
            ("POST", "/berths/{berth}", change_perhaps, {}),
            ("POST", "/berths/{berth}", show_one, {"if_match": False}),
        ],
    )
    def test_allows_what_asks_for_a_state_or_needs_none(
        self, found: Any, method: str, address: str, view: Any, options: dict[str, Any]
    ) -> None:
        assert found(method, address, view=view, **options) == []

    @pytest.mark.parametrize("module", ["project.api", "tests.toolkit.api.workshop.api.routes"])
    def test_allows_it_where_nothing_has_a_version(
        self, found: Any, monkeypatch: pytest.MonkeyPatch, module: str
    ) -> None:
        monkeypatch.setattr(show_one, "__module__", module)

        assert found("POST", "/berths/{berth}", view=show_one) == []


class TestPermission:
    def test_w067_names_a_permission_that_nobody_has(self, found: Any) -> None:
        assert found(permission=("auth.view_user", "auth.approve_user")) == [
            Warning(
                "GET /pier/berths asks for the permission auth.approve_user, which no installed "
                "model has: only superusers pass.",
                hint="Add it to Meta.permissions of a row and make the migration, or name one of "
                "these: auth.add_group, auth.add_permission, auth.add_user, auth.change_group, "
                "auth.change_permission, auth.change_user, auth.delete_group, "
                "auth.delete_permission, auth.delete_user, auth.view_group, auth.view_permission, "
                "auth.view_user.",
                obj=__name__,
                id="bulkhead.W067",
            )
        ]

    def test_w067_names_all_permissions_where_no_app_has_this_label(self, found: Any) -> None:
        [warning] = found(permission="view_user")

        assert warning.msg.startswith("GET /pier/berths asks for the permission view_user, which")
        assert "auth.view_user, " in warning.hint
        assert "invoicing.approve_invoice, " in warning.hint

    @pytest.mark.parametrize(
        "permission", ["auth.view_user", "invoicing.approve_invoice", None, is_own]
    )
    def test_allows_one_that_a_model_has(self, found: Any, permission: Any) -> None:
        assert found(permission=permission) == []

    def test_w068_names_one_that_nobody_can_show_to_have(self, found: Any) -> None:
        assert found(permission="auth.view_user", auth=ANYONE) == [
            Warning(
                "GET /pier/berths asks for auth.view_user, and lets nobody sign in: who calls is "
                "unknown, and has no permission.",
                hint="Give it auth=SessionAuth() (from bulkhead.api) or another way to sign in, or "
                "leave the permission out: permission=None.",
                obj=__name__,
                id="bulkhead.W068",
            )
        ]

    @pytest.mark.parametrize(
        ("permission", "auth"), [(is_own, ANYONE), ("auth.view_user", [SessionAuth(), ANYONE])]
    )
    def test_allows_one_that_may_be_shown(self, found: Any, permission: Any, auth: Any) -> None:
        assert found(permission=permission, auth=auth) == []


class TestWithout:
    def test_ninja_there_is_nothing_to_say(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("bulkhead.checks.endpoints.find_spec", lambda _name: None)

        assert check_endpoints() == []

    def test_urls_there_is_nothing_to_say(self) -> None:
        with override_settings(ROOT_URLCONF=None):
            assert check_endpoints() == []
