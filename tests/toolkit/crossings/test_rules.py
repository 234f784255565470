from __future__ import annotations

from dataclasses import replace

import pytest

from bulkhead.crossings.description import (
    ComponentDescription,
    LegacyDescription,
    ProjectDescription,
    SourceRoot,
)
from bulkhead.crossings.places import Kind, Places
from bulkhead.crossings.rules import Rules
from tests.toolkit.samples import SHIP

PROJECT = ProjectDescription(
    components=(
        ComponentDescription(
            label="billing",
            packages=("hold.billing",),
            depends_on=("loading",),
            depends_on_legacy=("cargo",),
        ),
        ComponentDescription(label="loading", packages=("hold.loading",)),
        ComponentDescription(label="depot", packages=("hold.depot",), has_service=False),
    ),
    legacy_apps=(
        LegacyDescription(label="cargo", package="cargo"),
        LegacyDescription(label="crew", package="bridge.crew"),
    ),
    roots=tuple(
        SourceRoot(package=package, folder=SHIP / package)
        for package in ("bridge", "cargo", "hold")
    ),
    shared_kernels=("hold.shared_kernel",),
    edges=("admin", "api", "views"),
    domain_libraries=("attrs",),
)

INSIDE = ("domain", "db", "service", "api", "admin", "public", "apps", "tests")
TARGETS = {
    **{name: f"hold.billing.{name}" for name in INSIDE},
    "loading.public": "hold.loading.public",
    "loading.db": "hold.loading.db",
    "depot.public": "hold.depot.public",
    "kernel": "hold.shared_kernel",
    "cargo": "cargo.models",
    "crew": "bridge.crew.models",
    "project": "bridge.urls",
    "django": "django.db",
    "attrs": "attrs.define",
    "pydantic": "pydantic.BaseModel",
    "exposed": "bulkhead.exposed.exposed",
    "bulkhead": "bulkhead.transactions",
    "stdlib": "decimal.Decimal",
}

OWN = "domain db service api admin public apps"
PACKAGES = "django attrs pydantic exposed bulkhead"
ALLOWED = {
    "hold.billing.domain.bills": "domain kernel attrs stdlib",
    "hold.billing.db.models": f"domain db apps kernel cargo {PACKAGES} stdlib",
    "hold.billing.models": f"domain db apps kernel cargo {PACKAGES} stdlib",
    "hold.billing.service.bills": (
        f"domain db service apps loading.public kernel cargo {PACKAGES} stdlib"
    ),
    "hold.billing.api": (
        f"domain service api admin public apps loading.public kernel cargo {PACKAGES} stdlib"
    ),
    "hold.billing.admin": f"{OWN} loading.public kernel cargo {PACKAGES} stdlib",
    "hold.billing.public": (
        "domain service public loading.public kernel attrs pydantic exposed stdlib"
    ),
    "hold.billing.apps": f"apps kernel cargo {PACKAGES} stdlib",
    "hold.billing.tests.test_bills": (
        f"{OWN} tests loading.public depot.public kernel cargo project {PACKAGES} stdlib"
    ),
    "tests.components.billing.test_bills": (
        f"{OWN} tests loading.public depot.public kernel cargo project {PACKAGES} stdlib"
    ),
    "hold.billing.tools": (  # reported for belonging nowhere, and for nothing else of its own
        f"{OWN} tests loading.public kernel cargo crew project {PACKAGES} stdlib"
    ),
    "hold.shared_kernel.tons": "kernel attrs stdlib",
    "cargo.views": (
        f"public loading.public depot.public kernel cargo crew project {PACKAGES} stdlib"
    ),
    "bridge.urls": (
        "public api admin apps loading.public depot.public kernel cargo crew project "
        f"{PACKAGES} stdlib"
    ),
    "bridge.tests.test_pages": " ".join(TARGETS),
    "bulkhead.transactions": " ".join(TARGETS),
}


class TestTable:
    @pytest.mark.parametrize("importer", ALLOWED)
    def test_lets_a_place_import_this_and_no_more(self, importer: str) -> None:
        places, rules = Places(PROJECT), Rules(PROJECT)

        allowed = {
            name
            for name, imported in TARGETS.items()
            if (judged := rules.judge(places.of(importer), places.of(imported))) is None
            or judged.allowed
        }

        assert sorted(allowed) == sorted(ALLOWED[importer].split())

    @pytest.mark.parametrize("importer", ["public", "api"])
    def test_shows_db_to_public_and_edges_where_there_is_no_service(self, importer: str) -> None:
        places, rules = Places(PROJECT), Rules(PROJECT)

        judged = rules.judge(places.of(f"hold.depot.{importer}"), places.of("hold.depot.db"))

        assert judged is None

    def test_shows_all_of_its_component_to_apps_in_a_function(self) -> None:
        places, rules = Places(PROJECT), Rules(PROJECT)

        judged = [
            rules.judge(places.of("hold.billing.apps"), places.of(TARGETS[name]), at_start=False)
            for name in INSIDE
        ]

        assert judged == [None] * len(INSIDE)

    def test_tells_a_package_from_another_that_begins_alike(self) -> None:
        place = Places(PROJECT).of("hold.billing_archive.models")

        assert (place.word, place.component) == ("project", None)

    def test_has_the_layers_win_over_an_edge_of_that_name(self) -> None:
        project = ProjectDescription(
            components=(ComponentDescription(label="billing", packages=("billing",)),),
            edges=("service", "jobs"),
        )

        kinds = [
            Places(project).of(f"billing.{name}").kind for name in ("service", "jobs", "tools")
        ]

        assert kinds == [Kind.SERVICE, Kind.EDGE, Kind.NOWHERE]

    @pytest.mark.parametrize(
        ("module", "word"),
        [
            ("hold.billing.test_bills", "tests"),
            ("hold.billing.api.tests.test_routes", "tests"),
            ("hold.billing.domain.tests", "tests"),
            ("hold.billing.domain.test_drives", "domain"),
            ("hold.billing.testing", "nowhere"),
        ],
    )
    def test_knows_tests_wherever_they_stand(self, module: str, word: str) -> None:
        place = Places(PROJECT).of(module)

        assert (place.word, place.component) == (word, "billing")

    @pytest.mark.parametrize(
        ("module", "name"),
        [
            ("bridge.tests.pages", "tests"),
            ("bridge.tests", "tests"),
            ("bridge.test", "tests"),
            ("bridge.conftest", "tests"),
            ("bridge.test_pages", "tests"),
            ("bridge.pages_test", "tests"),
            ("bridge.test_pages.samples", ""),
            ("bridge.testing", ""),
            ("bridge.contest", ""),
        ],
    )
    def test_knows_the_tests_of_the_project(self, module: str, name: str) -> None:
        place = Places(PROJECT).of(module)

        assert (place.kind.value, place.name) == ("project", name)

    def test_knows_what_stands_beside_the_root_packages(self) -> None:
        project = replace(PROJECT, top_level=("bulkhead", "cargo", "hold", "lamps"))
        names = ("bulkhead", "cargo", "hold.billing.db", "hold.yard", "lamps.green", "lamp")

        kinds = [Places(project).of(name).kind.value for name in names]

        assert kinds == ["bulkhead", "legacy app", "db", "project", "project", "third party"]
