"""The policy that keeps browsers from running what stands in a page."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from project.content_security import ContentSecurityPolicyMiddleware

HEADER = "Content-Security-Policy"


class TestContentSecurityPolicyMiddleware:
    def test_allows_the_projects_own_files_alone(self) -> None:
        answer = ContentSecurityPolicyMiddleware(lambda _: HttpResponse())

        response = answer(HttpRequest())

        assert response.headers[HEADER] == (
            "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'"
        )

    def test_leaves_a_policy_that_a_view_has_set(self) -> None:
        own = "default-src 'none'"
        answer = ContentSecurityPolicyMiddleware(lambda _: HttpResponse(headers={HEADER: own}))

        response = answer(HttpRequest())

        assert response.headers[HEADER] == own
