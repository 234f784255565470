"""Signing in by Django's session, with CSRF."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.functional import SimpleLazyObject
from ninja.errors import AuthenticationError, AuthorizationError
from ninja.operation import Operation
from ninja.security import APIKeyCookie

SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
"""The methods that change nothing."""

_log = logging.getLogger("django.security.csrf")


class CsrfFailedError(AuthorizationError):
    """An unsafe request came with a session, and without a valid CSRF token."""

    def __init__(self, reason: str) -> None:
        cookie = settings.CSRF_COOKIE_NAME
        header = settings.CSRF_HEADER_NAME.removeprefix("HTTP_").replace("_", "-")
        super().__init__(
            message=f"The CSRF check failed: {reason.rstrip('.')}. "
            f"Send the value of the cookie {cookie} in the header {header}."
        )
        self.reason = reason


class SessionAuth(APIKeyCookie):
    """Lets in whom the session knows.

    Someone who is not signed in has no authority that a foreign site could borrow, so the CSRF
    token is asked for after the user is known. Where it is missing, the session counts for
    nothing, and another way to authenticate may let in.
    """

    def __init__(self, *, csrf: bool = True) -> None:
        """Take whether unsafe requests need a CSRF token."""
        self.param_name = settings.SESSION_COOKIE_NAME
        super().__init__(csrf=csrf)

    def __call__(self, request: HttpRequest) -> object:
        """Return the user, or None where nobody is signed in or the CSRF token is missing."""
        user = self.authenticate(request, None)
        if user is not None and self.csrf and not getattr(request, "_ninja_csrf_exempt", False):
            try:
                check_csrf(request)
            except CsrfFailedError as error:
                vars(request)["_bulkhead_csrf_failed"] = error
                return None
        vars(request)["_bulkhead_session"] = user
        return user

    def authenticate(self, request: HttpRequest, key: str | None) -> object:
        """Return the user that is signed in, or None."""
        del key  # the session middleware has read the cookie
        return request.user if request.user.is_authenticated else None


class Anyone:
    """Lets in everybody: what marks an endpoint as public on purpose."""

    def __call__(self, request: HttpRequest) -> Anyone | None:
        """Return itself, as whoever is let in.

        Who has signed in and sends no CSRF token meant to be known, and is told instead.
        """
        return self if csrf_failure(request) is None else None

    def __repr__(self) -> str:
        """Return its name."""
        return "ANYONE"


ANYONE = Anyone()


def asks_for_token(auth: object) -> bool:
    """Return whether this authenticates by a cookie, and asks unsafe requests for a CSRF token."""
    return by_cookie(auth) and bool(getattr(auth, "csrf", False))


def by_cookie(auth: object) -> bool:
    """Return whether this authenticates by what a browser sends of itself."""
    return getattr(auth, "openapi_in", None) == "cookie"


def schemes_of(auth: Any, *, unsafe: bool) -> Iterator[tuple[str, dict[str, Any]]]:
    """Return the document's security schemes that one way to authenticate needs, all of them."""
    if auth is not ANYONE:
        yield type(auth).__name__, dict(auth.openapi_security_schema)
    if unsafe and asks_for_token(auth):
        header = settings.CSRF_HEADER_NAME.removeprefix("HTTP_").replace("_", "-")
        yield "CsrfToken", {"type": "apiKey", "in": "header", "name": header}


def user_of(request: HttpRequest) -> Any:
    """Return who calls: the user that the endpoint's authentication has found.

    Where it lets in everybody, or found no user but a key, this is nobody, though a session may be
    there: none of its unsafe requests was asked for a CSRF token. Who authenticates may set
    `request.user` itself.
    """
    found = getattr(request, "auth", ANYONE)
    if hasattr(found, "has_perm"):
        return found
    user = None if found is ANYONE else getattr(request, "user", None)
    if user is not None and not isinstance(user, SimpleLazyObject):  # so the session's user comes
        return user
    from django.contrib.auth.models import AnonymousUser  # noqa: PLC0415 - needs the app

    return AnonymousUser()


def csrf_failure(request: HttpRequest) -> CsrfFailedError | None:
    """Return why the session was passed over, or None where it was not."""
    found: CsrfFailedError | None = vars(request).get("_bulkhead_csrf_failed")
    return found


def refused(request: HttpRequest, error: Exception) -> Exception:
    """Return the error of whom nothing has let in: of a session, that the token is missing."""
    failure = csrf_failure(request) if isinstance(error, AuthenticationError) else None
    if failure is None:
        return error
    _log.warning("Forbidden (%s): %s", failure.reason, request.path, extra={"request": request})
    return failure


def set_sessions_aside(operation: Operation) -> None:
    """Let `request.user` of an operation be no session's where another way has let in.

    With a key of its own beside the session's cookie, a foreign site could act for its user.
    """
    several = len(operation.auth_callbacks) > 1
    if not several or not any(map(by_cookie, operation.auth_callbacks)):
        return
    authenticate: Any = operation._run_authentication

    def authenticated(request: HttpRequest) -> HttpResponse | None:
        return _with_own_user(request, authenticate(request))

    async def authenticated_async(request: HttpRequest) -> HttpResponse | None:
        return _with_own_user(request, await authenticate(request))

    run = authenticated_async if operation.is_async else authenticated
    vars(operation)["_run_authentication"] = run


def _with_own_user(request: HttpRequest, error: HttpResponse | None) -> HttpResponse | None:
    let_in = getattr(request, "auth", None)
    if error is None and let_in is not vars(request).get("_bulkhead_session"):
        user = user_of(request)

        async def auser() -> Any:
            return user

        request.user, request.auser = user, auser
    return error


class _CsrfCheck(CsrfViewMiddleware):
    """Django's check, which raises instead of rendering a page."""

    def _reject(self, request: HttpRequest, reason: str) -> HttpResponse:
        del request
        raise CsrfFailedError(reason)


def check_csrf(request: HttpRequest) -> None:
    """Raise CsrfFailedError unless the request is safe or has a valid CSRF token.

    Django's own check has passed over the request, as every endpoint is exempt from it.
    """
    check = _CsrfCheck(lambda _: HttpResponse())
    request.csrf_processing_done = False  # type: ignore[attr-defined]
    check.process_request(request)
    check.process_view(request, _view, (), {})


def _view(_request: HttpRequest) -> HttpResponse:
    return HttpResponse()
