"""What `manage.py check` says of endpoints."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest
from django.core.checks import Error
from django.http import HttpRequest, HttpResponse
from django.test import override_settings
from django.urls import path

from bulkhead.api import component_api
from bulkhead.checks.api import check_api
from tests.toolkit.api.piers import CONFIG, Pier, built_pier

DOMAIN = """
from dataclasses import dataclass
from enum import Enum

class BoatKind(Enum):
    FERRY = "ferry"

@dataclass(slots=True)
class Boat:
    id: int
    name: str

@dataclass(frozen=True, slots=True)
class Length:
    metres: int
"""

ROUTES = """
from bulkhead.api import Body, File, Query, Router, Schema, UploadedFile
from pier.domain import Boat, BoatKind, Length

router = Router()

class BoatIn(Schema):
    name: str
    kind: BoatKind
    length: Length
    parts: list[int] | None = None
"""


@pytest.fixture
def pier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pier]:
    yield from built_pier(tmp_path, monkeypatch)


@pytest.fixture
def harbour(pier: Pier) -> Pier:
    """The component `pier` with a domain, and an `api` whose endpoints a test adds."""
    pier.write("domain.py", DOMAIN)
    pier.write("api/__init__.py", "")
    pier.write("api/routes.py", ROUTES)
    return pier


def _add(harbour: Pier, endpoints: str) -> None:
    harbour.write("api/routes.py", ROUTES + endpoints)


def _view(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.path)


def _use(monkeypatch: pytest.MonkeyPatch, *patterns: Any) -> None:
    module = ModuleType("harbour_urls")
    module.__dict__["urlpatterns"] = patterns
    monkeypatch.setitem(sys.modules, "harbour_urls", module)


def _entity(takes: str) -> Error:
    return Error(
        f"{takes}, with pier.domain.Boat in it: a client could set any of its fields (id, name).",
        hint="Write a Schema (from bulkhead.api) in pier.api.schemas with the fields that a client "
        "may send, and pass these to the service.",
        obj="pier.api.routes",
        id="bulkhead.E060",
    )


class TestInputs:
    @pytest.mark.parametrize(
        "annotation",
        [
            "boat: Boat = Body(...)",
            "boat: list[Boat]",
            "boat: dict[str, Boat | None] = Body(...)",
            "boat: Query[Boat]",
        ],
    )
    def test_e060_names_the_entity_that_a_client_could_fill_in(
        self, harbour: Pier, annotation: str
    ) -> None:
        _add(harbour, f"@router.post('/boats')\ndef add_boat(request, {annotation}) -> None: ...")

        with harbour.installed():
            found = check_api()

        assert found == [_entity("POST /pier/boats takes boat")]

    def test_e060_finds_it_inside_a_schema(self, harbour: Pier) -> None:
        _add(
            harbour,
            """
class FleetIn(Schema):
    boats: list[Boat]

@router.put('/fleets/{fleet_id}')
def put_fleet(request, fleet_id: int, fleet: FleetIn) -> None: ...
""",
        )

        with harbour.installed():
            found = check_api()

        assert found == [_entity("PUT /pier/fleets/{fleet_id} takes fleet")]

    def test_allows_schemas_with_enums_and_values_of_the_domain(self, harbour: Pier) -> None:
        _add(
            harbour,
            """
@router.post('/boats')
def add_boat(request, boat: BoatIn) -> Boat: ...

@router.get('/boats')
def list_boats(request, kind: BoatKind | None = None) -> None: ...

@router.post('/lengths')
def add_length(request, length: Length) -> None: ...

@router.post('/files')
def add_file(request, file: File[UploadedFile]) -> None: ...
""",
        )

        with harbour.installed():
            assert check_api() == []

    def test_e060_names_an_aggregate_though_it_is_frozen(
        self, harbour: Pier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _add(
            harbour,
            "@router.post('/lengths')\ndef add_length(request, lengths: list[Length]) -> None: ...",
        )

        with harbour.installed():
            repository = SimpleNamespace(aggregate_class=import_module("pier.domain").Length)
            monkeypatch.setattr("bulkhead.api.inputs.installed_repositories", lambda: [repository])
            [found] = check_api()

        assert found.msg == (
            "POST /pier/lengths takes lengths, with pier.domain.Length in it: "
            "a client could set any of its fields (metres)."
        )

    def test_tells_pydantics_values_from_its_entities(self, harbour: Pier) -> None:
        harbour.write(
            "domain.py",
            f"""{DOMAIN}
from pydantic import BaseModel

class Berth(BaseModel, frozen=True):
    number: int

class Crane(BaseModel):
    load: int
""",
        )
        _add(
            harbour,
            """
from pier.domain import Berth, Crane

@router.post('/berths')
def add_berth(request, berth: Berth, crane: Crane) -> None: ...
""",
        )

        with harbour.installed():
            [found] = check_api()

        assert found.msg == (
            "POST /pier/berths takes crane, with pier.domain.Crane in it: "
            "a client could set any of its fields (load)."
        )


class TestRouter:
    def test_e061_names_an_api_without_a_router(self, harbour: Pier) -> None:
        (harbour.folder / "api" / "routes.py").unlink()

        with harbour.installed():
            found = check_api()

        assert found == [
            Error(
                "pier has an api, but no router: pier.api.routes does not exist.",
                hint="Write `router = Router()` (from bulkhead.api import Router) in "
                "pier/api/routes.py. Where its api is something else, say `mounts_api = False` in "
                "PierConfig, and mount it in the project.",
                obj="pier",
                id="bulkhead.E061",
            )
        ]

    def test_e061_is_reported_where_the_urls_mount_the_api(
        self, harbour: Pier, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        (harbour.folder / "api" / "routes.py").unlink()

        with harbour.installed(urls="harbour_urls"):
            _use(monkeypatch, path("api/", component_api(title="Yard").urls))
            [found] = check_api()

        assert found.id == "bulkhead.E061"
        assert caplog.messages == [f"{found.msg} {found.hint}"]

    def test_allows_an_api_that_is_something_else(self, harbour: Pier) -> None:
        harbour.write("apps.py", f"{CONFIG}    mounts_api = False\n")
        (harbour.folder / "api" / "routes.py").unlink()

        with harbour.installed():
            assert component_api(title="Yard").mounted_endpoints() == []
            assert check_api() == []

    def test_allows_a_component_without_api(self, pier: Pier) -> None:
        with pier.installed():
            assert check_api() == []

    def test_raises_what_breaks_the_import(self, harbour: Pier) -> None:
        _add(harbour, "import no_such_module")

        with harbour.installed(), pytest.raises(ModuleNotFoundError, match="no_such_module"):
            check_api()

    def test_says_nothing_without_ninja(
        self, harbour: Pier, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (harbour.folder / "api" / "routes.py").unlink()
        monkeypatch.setattr("bulkhead.checks.api.find_spec", lambda _name: None)

        with harbour.installed():
            assert check_api() == []


class TestUrls:
    def test_e062_asks_for_the_files_of_the_docs_page(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _use(monkeypatch, path("api/", component_api(title="Yard").urls))

        with override_settings(INSTALLED_APPS=["bulkhead"], ROOT_URLCONF="harbour_urls"):
            found = check_api()

        assert found == [
            Error(
                "The page /api/docs shows the document with Swagger UI, whose files come with "
                "ninja, which is not in INSTALLED_APPS.",
                hint='Add "ninja" to INSTALLED_APPS, or leave the page out: '
                "component_api(docs_url=None).",
                obj="harbour_urls",
                id="bulkhead.E062",
            )
        ]

    def test_asks_for_no_files_where_there_is_no_page(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        api = component_api(title="Yard", docs_url=None)
        _use(monkeypatch, path("api/", api.urls))

        with override_settings(INSTALLED_APPS=["bulkhead"], ROOT_URLCONF="harbour_urls"):
            assert check_api() == []

    def test_e063_names_what_the_api_hides(self, monkeypatch: pytest.MonkeyPatch) -> None:
        _use(
            monkeypatch,
            path("api/", component_api(title="Yard").urls),
            path("api/legacy/", _view),
        )

        with override_settings(INSTALLED_APPS=["bulkhead", "ninja"], ROOT_URLCONF="harbour_urls"):
            found = check_api()

        assert found == [
            Error(
                "/api/legacy/ stands after the API at /api/ in harbour_urls, and is "
                "never reached: the API answers 404 for every address below its own that it does "
                "not know.",
                hint="Move it before the line of /api/, or mount the API elsewhere.",
                obj="harbour_urls",
                id="bulkhead.E063",
            )
        ]

    def test_allows_what_stands_before_the_api_or_beside_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _use(
            monkeypatch,
            path("api/legacy/", _view),
            path("api/", component_api(title="Yard").urls),
            path("apis/", _view),
        )

        with override_settings(INSTALLED_APPS=["bulkhead", "ninja"], ROOT_URLCONF="harbour_urls"):
            assert check_api() == []

    def test_says_nothing_of_a_project_without_urls(self) -> None:
        with override_settings(INSTALLED_APPS=["bulkhead"], ROOT_URLCONF=None):
            assert check_api() == []
