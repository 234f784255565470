"""Who may call an endpoint: by permissions before its input is read, by rows after."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import Permission, User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.test import Client
from ninja.security import HttpBearer

from bulkhead.api import ANYONE, JSONL, ComponentAPI, Router, Schema, user_of
from bulkhead.api.permissions import PermissionParameterError
from tests.toolkit.api.calling import calling, content_of, document_of

pytestmark = pytest.mark.django_db

VIEW = "auth.view_user"
CHANGE = "auth.change_user"


class BerthIn(Schema):
    length: int


def show(request: HttpRequest, berth: int) -> int:
    return berth


async def show_later(request: HttpRequest, berth: int) -> int:
    return berth


def stream(request: HttpRequest, berth: int) -> Iterator[int]:
    yield berth


async def stream_later(request: HttpRequest, berth: int) -> AsyncIterator[int]:
    yield berth


def change(request: HttpRequest, berth: int, body: BerthIn) -> int:
    return body.length


def is_seventh(request: HttpRequest, berth: int) -> bool:
    return berth == 7 and User.objects.count() >= 0


async def is_seventh_later(request: HttpRequest, berth: int) -> bool:
    return berth == 7


class Seventh:
    async def __call__(self, request: HttpRequest, berth: int) -> bool:
        return await is_seventh_later(request, berth)


def is_seventh_at_last(request: HttpRequest, berth: int) -> Awaitable[bool]:
    return is_seventh_later(request, berth)


def is_weekday() -> bool:
    return True


def is_long(request: HttpRequest, body: BerthIn) -> bool:
    if body.length > 100:
        msg = "No berth is so long."
        raise PermissionDenied(msg)
    return body.length > 10


VIEWS: list[tuple[Callable[..., Any], dict[str, Any]]] = [
    (show, {}),
    (show_later, {}),
    (stream, {"response": JSONL[int]}),
    (stream_later, {"response": JSONL[int]}),
]


class TokenAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> User | None:
        return User.objects.filter(username=token).first()


def api_of(view: Callable[..., Any], *, auth: Any = TokenAuth(), **options: Any) -> ComponentAPI:  # noqa: B008
    api = ComponentAPI(title="Berths", auth=auth)
    api.default_router.api_operation(["GET", "POST"], "/berths/{berth}", **options)(view)
    return api


def user_with(*permissions: str) -> User:
    user = User.objects.create_user("member")
    for each in permissions:
        label, codename = each.split(".")
        user.user_permissions.add(
            Permission.objects.get(codename=codename, content_type__app_label=label)
        )
    return user


def asked(client: Client, address: str = "/api/berths/7", **options: Any) -> Any:
    return client.get(address, headers={"Authorization": "Bearer member"}, **options)


class TestPermissionByName:
    @pytest.mark.parametrize(("view", "options"), VIEWS)
    @pytest.mark.django_db(transaction=True)
    def test_lets_in_who_has_it(self, view: Callable[..., Any], options: dict[str, Any]) -> None:
        user_with(VIEW)

        with calling(api_of(view, permission=VIEW, **options)) as client:
            assert content_of(asked(client)).strip() == b"7"

    @pytest.mark.parametrize(("view", "options"), VIEWS)
    @pytest.mark.django_db(transaction=True)
    def test_keeps_out_who_lacks_it(
        self, view: Callable[..., Any], options: dict[str, Any]
    ) -> None:
        user_with(CHANGE)

        with calling(api_of(view, permission=VIEW, **options)) as client:
            response = asked(client)

        assert _problem(response) == {
            "type": "urn:problem:bulkhead:PermissionRequired",
            "title": "Permission required",
            "status": 403,
            "detail": "This needs the permission auth.view_user, which you lack. "
            "Ask whoever manages the users for it.",
            "permissions": ["auth.view_user"],
        }

    def test_is_needed_with_every_other_one(self) -> None:
        user_with(VIEW)

        with calling(api_of(show, permission=(VIEW, CHANGE, "auth.add_user"))) as client:
            problem = _problem(asked(client))

        assert problem["permissions"] == ["auth.change_user", "auth.add_user"]
        assert problem["detail"] == (
            "This needs the permissions auth.change_user, auth.add_user, which you lack. "
            "Ask whoever manages the users for it."
        )

    def test_is_asked_before_the_input_is_read(self) -> None:
        user_with()

        with calling(api_of(change, permission=VIEW)) as client:
            response = client.post(
                "/api/berths/x",
                b"{",
                content_type="application/json",
                headers={"Authorization": "Bearer member"},
            )

        assert response.status_code == 403

    def test_asks_who_has_not_signed_in_to_do_so(self) -> None:
        with calling(api_of(show, permission=VIEW, auth=ANYONE)) as client:
            assert client.get("/api/berths/7").status_code == 401

    def test_is_of_whom_the_session_knows(self) -> None:
        api = ComponentAPI(title="Berths")
        router = Router(permission=VIEW)
        router.get("/berths/{berth}")(show)
        api.add_router("", router)

        with calling(api) as client:
            client.force_login(user_with(VIEW))

            assert client.get("/api/berths/7").status_code == 200

    @pytest.mark.parametrize("given", [7, ("auth.view_user", 7), ["auth.view_user"]])
    def test_is_a_name_a_function_or_a_tuple(self, given: Any) -> None:
        with pytest.raises(TypeError, match=r"is no permission\. Pass 'app\.codename', a function"):
            Router(permission=given)


class TestPermissionOfRows:
    @pytest.mark.parametrize("judge", [is_seventh, is_seventh_later, is_seventh_at_last, Seventh()])
    @pytest.mark.parametrize(("view", "options"), VIEWS)
    @pytest.mark.django_db(transaction=True)
    def test_is_asked_with_the_parameters_that_it_names(
        self, view: Callable[..., Any], options: dict[str, Any], judge: Callable[..., Any]
    ) -> None:
        user_with()

        with calling(api_of(view, permission=judge, **options)) as client:
            let_in = content_of(asked(client))
            kept_out = _problem(asked(client, "/api/berths/8"))

        assert let_in.strip() == b"7"
        assert kept_out == {
            "type": "about:blank",
            "title": "Forbidden",
            "status": 403,
            "detail": "You are not allowed to do this.",
        }

    def test_may_say_why(self) -> None:
        user_with(VIEW)

        with calling(api_of(change, permission=(VIEW, is_long))) as client:
            problems = [
                client.post(
                    "/api/berths/7",
                    {"length": length},
                    content_type="application/json",
                    headers={"Authorization": "Bearer member"},
                ).json()
                for length in (5, 50, 500)
            ]

        assert problems[1] == 50
        assert [problems[0]["detail"], problems[2]["detail"]] == [
            "You are not allowed to do this.",
            "No berth is so long.",
        ]

    def test_is_asked_once_the_input_fits(self) -> None:
        user_with()

        with calling(api_of(show, permission=is_seventh)) as client:
            assert asked(client, "/api/berths/x").status_code == 422

    def test_takes_only_what_the_endpoint_takes(self) -> None:
        with pytest.raises(PermissionParameterError) as refused:
            _ = api_of(show, permission=is_long).urls

        assert str(refused.value) == (
            "The permission is_long asks for 'body', which show does not take. "
            "It takes: berth. Name one of these, or give the endpoint another permission."
        )

    def test_takes_the_request(self) -> None:
        with pytest.raises(PermissionParameterError) as refused:
            _ = api_of(show, permission=is_weekday).urls

        assert str(refused.value) == (
            "The permission is_weekday takes no parameters, and show calls it with the request. "
            "After that it may name what show takes: berth. Write is_weekday(request, ...)."
        )


class TestInheritance:
    @pytest.mark.parametrize(
        ("of_api", "of_router", "of_nested", "of_endpoint", "expected"),
        [
            (VIEW, {}, {}, {}, [VIEW]),
            (VIEW, {"permission": CHANGE}, {}, {}, [CHANGE]),
            (VIEW, {"permission": "a.b"}, {"permission": CHANGE}, {}, [CHANGE]),
            (VIEW, {}, {}, {"permission": CHANGE}, [CHANGE]),
            (VIEW, {}, {}, {"permission": None}, None),
        ],
    )
    def test_goes_from_the_api_to_the_endpoint(
        self,
        of_api: str,
        of_router: dict[str, Any],
        of_nested: dict[str, Any],
        of_endpoint: dict[str, Any],
        expected: list[str] | None,
    ) -> None:
        api = ComponentAPI(title="Berths", auth=TokenAuth(), permission=of_api)
        router, nested = Router(**of_router), Router(**of_nested)
        nested.get("/berths/{berth}", **of_endpoint)(show)
        router.add_router("/inner", nested)
        api.add_router("/outer", router)
        user_with()

        with calling(api) as client:
            answer = asked(client, "/api/outer/inner/berths/7").json()

        assert (answer["permissions"] if expected else answer) == (expected or 7)


class KeyAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> str:
        return token


class KeyOfMemberAuth(HttpBearer):
    def authenticate(self, request: HttpRequest, token: str) -> str:
        request.user = User.objects.get(username=token)
        return token


class TestKey:
    """A way to sign in that finds something else than a user."""

    @pytest.mark.parametrize(("view", "options"), VIEWS)
    @pytest.mark.django_db(transaction=True)
    def test_lends_nothing_of_the_session_that_a_browser_sends_along(
        self, view: Callable[..., Any], options: dict[str, Any]
    ) -> None:
        """Else a foreign site could use it with a key of its own: no token was asked for."""
        with calling(api_of(view, auth=KeyAuth(), permission=VIEW, **options)) as client:
            client.force_login(user_with(VIEW))
            headers = {"Authorization": "Bearer foreign"}

            assert client.post("/api/berths/7", headers=headers).status_code == 401

    def test_stands_for_the_user_that_it_sets(self) -> None:
        user_with(VIEW)

        with calling(api_of(show, auth=KeyOfMemberAuth(), permission=VIEW)) as client:
            assert asked(client).json() == 7


class TestAnyone:
    def test_lets_in_everybody(self) -> None:
        with calling(api_of(show, auth=ANYONE)) as client:
            assert client.get("/api/berths/7").status_code == 200

    def test_beside_another_way_lets_in_who_uses_none(self) -> None:
        def whoami(request: HttpRequest, berth: int) -> str:
            return str(user_of(request))

        user_with()

        with calling(api_of(whoami, auth=[TokenAuth(), ANYONE])) as client:
            known, unknown = asked(client).json(), client.get("/api/berths/7").json()

        assert (known, unknown) == ("member", "AnonymousUser")

    def test_knows_nobody_though_a_session_may_be_there(self) -> None:
        """Else a foreign site could use it: no token was asked for."""
        with calling(api_of(show, auth=ANYONE, permission=VIEW)) as client:
            client.force_login(user_with(VIEW))

            assert client.post("/api/berths/7").status_code == 401

    def test_says_its_name(self) -> None:
        assert repr(ANYONE) == "ANYONE"


class TestDocument:
    @pytest.mark.parametrize(
        ("options", "statuses", "security"),
        [
            ({}, {401, 403}, [{"TokenAuth": []}]),
            ({"auth": ANYONE}, set(), None),
            ({"auth": None}, set(), None),
            ({"auth": ANYONE, "permission": VIEW}, {401, 403}, None),
            ({"auth": ANYONE, "permission": is_seventh}, {403}, None),
            ({"auth": [TokenAuth(), ANYONE]}, {403}, [{"TokenAuth": []}, {}]),
        ],
    )
    def test_says_who_is_let_in(
        self, options: dict[str, Any], statuses: set[int], security: object
    ) -> None:
        details = document_of(api_of(show, **options), "/berths/{berth}")

        assert {401, 403} & set(details["responses"]) == statuses
        assert details.get("security") == security


def _problem(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    problem: dict[str, Any] = response.json()
    assert problem["status"] == response.status_code
    return problem
