"""Where a component's router is found, and what an endpoint's annotation says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import ninja
import pytest
from django.http import HttpRequest, HttpResponse
from ninja.constants import NOT_SET

from bulkhead.api import MissingRouterError, Router, Schema, Status
from bulkhead.api.routers import endpoints_of, find_router
from tests.toolkit.api.piers import CONFIG, Pier


class SlipOut(Schema):
    length: int


class TestFindRouter:
    def test_passes_over_a_component_without_api(self, pier: Pier) -> None:
        with pier.installed() as component:
            assert find_router(component) is None

    def test_passes_over_what_is_left_of_a_package(self, pier: Pier) -> None:
        (pier.folder / "api" / "__pycache__").mkdir(parents=True)

        with pier.installed() as component:
            assert find_router(component) is None

    def test_returns_the_router_of_routes(self, pier: Pier) -> None:
        pier.write("api/__init__.py", "")
        pier.write("api/routes.py", "from bulkhead.api import Router\nrouter = Router()")

        with pier.installed() as component:
            assert isinstance(find_router(component), Router)

    def test_takes_a_router_of_ninjas_too(self, pier: Pier) -> None:
        pier.write("api/__init__.py", "")
        pier.write("api/routes.py", "from ninja import Router\nrouter = Router()")

        with pier.installed() as component:
            assert type(find_router(component)) is ninja.Router

    @pytest.mark.parametrize(
        ("files", "found"),
        [
            ({"api/__init__.py": ""}, "pier.api.routes does not exist"),
            ({"api.py": ""}, "api.py is a module, and not a package"),
            (
                {"api/__init__.py": "", "api/routes.py": ""},
                "pier.api.routes has no `router`",
            ),
            (
                {"api/__init__.py": "", "api/routes.py": "router = 1"},
                "`router` in pier.api.routes is of type int, and not a Router",
            ),
        ],
    )
    def test_refuses_an_api_without_a_router(
        self, pier: Pier, files: dict[str, str], found: str
    ) -> None:
        for path, source in files.items():
            pier.write(path, source)

        with pier.installed() as component, pytest.raises(MissingRouterError) as refused:
            find_router(component)

        assert str(refused.value) == (
            f"pier has an api, but no router: {found}. Write `router = Router()` "
            f"(from bulkhead.api import Router) in pier/api/routes.py. Where its api is something "
            f"else, say `mounts_api = False` in PierConfig, and mount it in the project."
        )

    @pytest.mark.parametrize("path", ["api/__init__.py", "api.py"])
    def test_passes_over_an_api_that_is_something_else(self, pier: Pier, path: str) -> None:
        pier.write("apps.py", f"{CONFIG}    mounts_api = False\n")
        pier.write(path, "import rest_framework")

        with pier.installed() as component:
            assert find_router(component) is None

    @pytest.mark.parametrize("broken", ["api/__init__.py", "api/routes.py"])
    def test_raises_what_breaks_an_import(self, pier: Pier, broken: str) -> None:
        pier.write("api/__init__.py", "")
        pier.write("api/routes.py", "")
        pier.write(broken, "import no_such_module")

        with (
            pier.installed() as component,
            pytest.raises(ModuleNotFoundError, match="No module named 'no_such_module'"),
        ):
            find_router(component)


class TestEndpointsOf:
    def test_lists_them_with_those_of_nested_routers(self, pier: Pier) -> None:
        pier.write("api/__init__.py", "")
        pier.write(
            "api/routes.py",
            """
            from bulkhead.api import Router

            router = Router()
            slips = Router()
            router.add_router("/slips", slips)

            @router.api_operation(["GET", "POST"], "/boats")
            def boats(request) -> None: ...

            @slips.get("/{slip_id}")
            def get_slip(request, slip_id: int) -> None: ...
            """,
        )

        with pier.installed() as component:
            found = endpoints_of(component)

        assert [endpoint.name for endpoint in found] == [
            "GET, POST /pier/boats",
            "GET /pier/slips/{slip_id}",
        ]

    def test_finds_none_without_api(self, pier: Pier) -> None:
        with pier.installed() as component:
            assert endpoints_of(component) == ()


def get_slip(request: HttpRequest) -> SlipOut: ...  # type: ignore[empty-body]
def list_slips(request: HttpRequest) -> list[SlipOut]: ...  # type: ignore[empty-body]
def free_slip(request: HttpRequest) -> None: ...
def show_slip(request: HttpRequest) -> HttpResponse: ...  # type: ignore[empty-body]
def count_slips(request: HttpRequest) -> Status[SlipOut]: ...  # type: ignore[empty-body]
def stream_slips(request: HttpRequest) -> Iterator[SlipOut]: ...  # type: ignore[empty-body]
def any_slip(request: HttpRequest) -> Any: ...
def bare_slip(request: HttpRequest): ...  # type: ignore[no-untyped-def]  # noqa: ANN201


class TestRouter:
    @pytest.mark.parametrize(
        ("view", "declared"),
        [(get_slip, {200: SlipOut}), (list_slips, {200: list[SlipOut]}), (free_slip, {204: None})],
    )
    def test_reads_the_response_from_the_annotation(
        self, view: Callable[..., object], declared: dict[int, object]
    ) -> None:
        assert _declared(view) == declared

    @pytest.mark.parametrize("view", [show_slip, count_slips, stream_slips, any_slip, bare_slip])
    def test_leaves_a_response_open_that_an_annotation_does_not_tell(
        self, view: Callable[..., object]
    ) -> None:
        assert _declared(view) == {200: NOT_SET}

    def test_prefers_a_response_that_is_declared(self) -> None:
        assert _declared(list_slips, response={202: SlipOut}) == {202: SlipOut}


def _declared(view: Callable[..., object], **options: Any) -> dict[int, object]:
    router = Router()
    router.get("/slips", **options)(view)
    [operation] = router.path_operations["/slips"].operations
    return {
        status: model if model in (None, NOT_SET) else model.model_fields["response"].annotation
        for status, model in operation.response_models.items()
    }
