"""Several ways to authenticate at one endpoint, of which one is a session."""

from __future__ import annotations

import logging
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser, User
from django.http import HttpRequest
from ninja.security import APIKeyQuery, HttpBearer, django_auth

from bulkhead.api import ANYONE, ComponentAPI, SessionAuth, user_of
from tests.toolkit.api.calling import calling

pytestmark = pytest.mark.django_db(transaction=True)

MEMBER = {"Authorization": "Bearer bearer"}
FORGED = {"Authorization": "Bearer nobody"}


class UserAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return User.objects.filter(username=token).first()


class LaterUserAuth(HttpBearer):
    async def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return await User.objects.filter(username=token).afirst()


class KeyAuth(APIKeyQuery):
    """Finds no user, and can be sent from a foreign site."""

    param_name = "key"

    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        return key


class OwnUserAuth(APIKeyQuery):
    param_name = "key"

    def authenticate(self, request: HttpRequest, key: str | None) -> str | None:
        if key is not None:
            request.user = User(username=key)
        return key


def names(request: HttpRequest) -> list[str]:
    return [str(request.user), str(user_of(request))]


async def names_later(request: HttpRequest) -> list[str]:
    return [str(await request.auser()), str(user_of(request))]


def calls(auth: list[Any], view: Any = names, *, csrf: str = "", **options: Any) -> Any:
    """Return the answer to whom a session knows as "session", without CSRF unless given."""
    User.objects.create_user("bearer")
    api = ComponentAPI(title="Ways", auth=auth)
    api.default_router.api_operation(["GET", "POST"], "/names")(view)
    with calling(api) as client:
        client.force_login(User.objects.create_user("session"))
        if csrf:
            client.cookies["csrftoken"] = client.defaults["HTTP_X_CSRFTOKEN"] = csrf
        return client.generic(options.pop("method", "POST"), "/api/names", **options)


BOTH = pytest.mark.parametrize(
    "auth",
    [
        [SessionAuth(), UserAuth()],
        [UserAuth(), SessionAuth()],
        [LaterUserAuth(), SessionAuth()],
        [SessionAuth(), LaterUserAuth()],
    ],
    ids=["session first", "bearer first", "later bearer first", "later bearer last"],
)
VIEWS = pytest.mark.parametrize("view", [names, names_later])


@BOTH
@VIEWS
class TestBearer:
    def test_lets_in_beside_a_session_without_token(
        self, auth: list[Any], view: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        response = calls(auth, view, headers=MEMBER)

        assert response.json() == ["bearer", "bearer"]
        assert "django.security.csrf" not in [record.name for record in caplog.records]

    def test_that_is_wrong_lets_nobody_use_the_session(self, auth: list[Any], view: Any) -> None:
        response = calls(auth, view, headers=FORGED)

        assert response.status_code == 403
        assert response.json()["type"] == "urn:problem:bulkhead:CsrfFailedError"

    def test_is_not_needed_by_a_session_with_token(self, auth: list[Any], view: Any) -> None:
        response = calls(auth, view, csrf="t" * 32)

        assert response.json() == ["session", "session"]

    def test_is_not_needed_by_a_session_that_reads(self, auth: list[Any], view: Any) -> None:
        assert calls(auth, view, method="GET").json() == ["session", "session"]


@VIEWS
@pytest.mark.parametrize(
    "auth",
    [[SessionAuth(), KeyAuth()], [KeyAuth(), SessionAuth()], [KeyAuth(), django_auth]],
    ids=["session first", "key first", "key before the framework's session"],
)
class TestKey:
    def test_of_a_foreign_site_lends_nothing_of_the_session(
        self, auth: list[Any], view: Any
    ) -> None:
        response = calls(auth, view, query_params={"key": "foreign"})

        assert response.json() == [str(AnonymousUser()), str(AnonymousUser())]


class TestSessionOfTheFramework:
    def test_stays_who_it_is(self) -> None:
        response = calls([KeyAuth(), django_auth], csrf="t" * 32)

        assert response.json() == ["session", "session"]


class TestKeyWithItsOwnUser:
    @pytest.mark.parametrize(
        "auth", [[SessionAuth(), OwnUserAuth()], [OwnUserAuth(), SessionAuth()]]
    )
    def test_stands_for_that_user(self, auth: list[Any]) -> None:
        response = calls(auth, query_params={"key": "client"})

        assert response.json() == ["client", "client"]


class TestNoWay:
    def test_is_told_of_the_missing_token_once(self, caplog: pytest.LogCaptureFixture) -> None:
        response = calls([SessionAuth(), UserAuth()])

        assert response.status_code == 403
        assert [
            (record.levelno, record.getMessage())
            for record in caplog.records
            if record.name == "django.security.csrf"
        ] == [(logging.WARNING, "Forbidden (CSRF cookie not set.): /api/names")]

    def test_is_told_to_sign_in_where_there_is_no_session(self) -> None:
        api = ComponentAPI(title="Ways", auth=[SessionAuth(), UserAuth()])
        api.default_router.post("/names")(names)

        with calling(api) as client:
            assert client.post("/api/names").status_code == 401


class TestAnyone:
    def test_is_not_who_has_signed_in_and_sends_no_token(self) -> None:
        response = calls([SessionAuth(), ANYONE])

        assert response.status_code == 403

    def test_is_who_has_not_signed_in(self) -> None:
        api = ComponentAPI(title="Ways", auth=[SessionAuth(), ANYONE])
        api.default_router.post("/names")(names)

        with calling(api) as client:
            assert client.post("/api/names").json() == ["AnonymousUser", "AnonymousUser"]
