from __future__ import annotations

from typing import Any

import pytest

from bulkhead.crossings.judging import Judging
from bulkhead.crossings.kinds import KINDS
from bulkhead.crossings.places import Places
from bulkhead.crossings.records import Crossing
from tests.toolkit.crossings.links import PROJECT, link


def judge(module: str, symbol: str, **more: Any) -> Crossing | None:
    return Judging(PROJECT, Places(PROJECT)).judge(link(module, symbol, **more))


def judged(module: str, symbol: str, **more: Any) -> Crossing:
    crossing = judge(module, symbol, **more)
    assert crossing is not None
    return crossing


class TestLayeredComponents:
    def test_are_reached_through_public_alone(self) -> None:
        crossing = judged("hold.billing.service.bills", "hold.loading.db.models.LotRow")

        assert crossing.as_json() == {
            "kind": "import",
            "from": {
                "component": "billing",
                "place": "service",
                "module": "hold.billing.service.bills",
                "file": "hold/billing/service/bills.py",
                "line": 3,
            },
            "to": {
                "component": "loading",
                "place": "db",
                "symbol": "hold.loading.db.models.LotRow",
            },
            "rule": "public-only",
            "verdict": "new",
            "test": False,
            "reason": "",
        }
        assert judge("hold.billing.service.bills", "hold.loading.public.weigh") is None

    @pytest.mark.parametrize(
        ("kind", "way_out"),
        [
            (
                "relation",
                "Hold the id in a plain column (a ReferenceField), and ask hold.loading.public for "
                "more.",
            ),
            ("reverse", "Let hold.loading.public offer these by the id, and call it."),
            ("query-path", "Ask hold.loading.public for the ids, and look up by these."),
            (
                "migration",
                "Touch the tables of its own component alone; what has run already stays in the "
                "ledger until it is squashed.",
            ),
        ],
    )
    def test_are_told_what_to_do_by_the_kind(self, kind: str, way_out: str) -> None:
        crossing = judged("hold.billing.db.models", "hold.loading.db.models.LotRow", kind=kind)

        assert crossing.explanation.rule == "calls"
        assert crossing.explanation.way_out == way_out

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "import"])
    def test_may_name_what_is_their_own_in_any_way(self, kind: str) -> None:
        assert judge("hold.billing.db.models", "hold.billing.domain.Bill", kind=kind) is None

    @pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "import"])
    def test_may_name_what_is_installed(self, kind: str) -> None:
        assert judge("hold.billing.domain", "django.contrib.auth.models.User", kind=kind) is None

    def test_may_have_declared_a_legacy_app(self) -> None:
        crossing = judged("hold.billing.db.models", "cargo.models.Port", kind="relation")

        assert (crossing.verdict, crossing.reason) == ("allowed", "declared in depends_on_legacy")
        refused = judged("hold.billing.db.models", "crew.models.Sailor", kind="relation")
        assert (refused.verdict, refused.explanation.rule) == ("new", "legacy")

    def test_take_frame_and_menu_of_a_page_from_the_project(self) -> None:
        page = "hold.billing:templates/bill.html"

        assert judge(page, "bridge:base.html", kind="template") is None
        assert judge(page, "bridge.urls", kind="url-name") is None
        crossing = judged("hold.billing.service", "bridge.tools", kind="string")
        assert crossing.explanation.rule == "project"

    def test_keep_their_templates_to_themselves(self) -> None:
        crossing = judged(
            "hold.billing:templates/bill.html", "hold.loading:loading/lot.html", kind="template"
        )

        assert crossing.origin.place == crossing.target.place == "templates"
        assert crossing.explanation.rule == "public-only"
        assert crossing.explanation.way_out == (
            "Move what both show into a template of the project, or keep one of its own."
        )

    def test_tell_migrations_apart(self) -> None:
        crossing = judged(
            "hold.billing.db.migrations.0001_first",
            "hold.loading.db.migrations.0001_first",
            kind="migration",
        )

        assert crossing.origin.place == crossing.target.place == "migrations"

    def test_are_plugged_in_by_the_project(self) -> None:
        assert judge("bridge.settings", "hold.billing.views.Middleware", kind="string") is None
        assert judge("bridge.pages", "hold.billing.views.bill", kind="url-name") is None
        crossing = judged("bridge.pages", "hold.billing.db.models.BillRow", kind="model-lookup")
        assert crossing.explanation.rule == "public-only"


class TestSettings:
    @pytest.mark.parametrize("module", ["crew.settings", "crew.settings.base", "crew.my_settings"])
    def test_name_what_is_installed_also_where_their_package_is_an_app(self, module: str) -> None:
        assert judge(module, "hold.billing", kind="string") is None
        assert judge(module, "shop.orders.models.User", kind="model-lookup") is None
        assert judged("crew.tools", "hold.billing", kind="string").verdict == "new"


class TestUnlayeredComponents:
    def test_are_reached_through_public_alone(self) -> None:
        crossing = judged("shop.orders.views", "shop.stock.models.Item")

        assert (crossing.origin.place, crossing.target.place) == ("views", "models")
        assert crossing.explanation.rule == "public-only"
        assert crossing.explanation.possible == "shop.stock.public"
        assert judge("shop.orders.views", "shop.stock.public.reserve") is None

    def test_have_a_door_in_each_of_their_packages(self) -> None:
        crossing = judged("shop.stock.models", "shop.carts.models.Cart", kind="relation")

        assert crossing.explanation.possible == "shop.orders.public, shop.carts.public"
        assert crossing.explanation.way_out == (
            "Hold the id in a plain column (a ReferenceField), and ask shop.carts.public for more."
        )

    def test_know_no_layers(self) -> None:
        assert judge("shop.orders.models", "shop.orders.views.page") is None
        assert judge("shop.orders.models", "shop.carts.views.page") is None
        assert judge("shop.orders.domain", "django.db.models.Model") is None

    def test_are_wired_by_the_project_and_may_import_it(self) -> None:
        assert judge("bridge.urls", "shop.orders.models.Order") is None
        assert judge("shop.orders.models", "bridge.settings.DEBUG") is None

    def test_keep_what_leads_into_a_legacy_app_in_sight(self) -> None:
        crossing = judged("shop.orders.models", "cargo.models.Port")

        assert (crossing.verdict, crossing.reason) == ("allowed", "into a legacy app")

    def test_are_reached_by_legacy_apps_through_public_too(self) -> None:
        crossing = judged("cargo.models", "shop.orders.models.Order", kind="relation")

        assert (crossing.verdict, crossing.origin.place) == ("new", "legacy app")

    def test_call_components_with_layers_like_anybody(self) -> None:
        assert judge("shop.orders.views", "hold.billing.public.bill") is None
        assert judged("shop.orders.views", "hold.billing.service.bill").verdict == "new"

    @pytest.mark.parametrize(
        ("module", "place"),
        [
            ("shop.orders", "__init__"),
            ("shop.orders.migrations.0001_initial", "migrations"),
            ("shop.orders.tests.test_orders", "tests"),
            ("shop.orders.test_orders", "tests"),
            ("shop.orders.utils", "utils"),
        ],
    )
    def test_have_the_places_that_are_there(self, module: str, place: str) -> None:
        crossing = judged(module, "shop.stock.models.Item")

        assert crossing.origin.place == place
        assert crossing.test is (place == "tests")


class TestLegacyApps:
    def test_are_tied_to_each_other_in_sight(self) -> None:
        crossing = judged("cargo.models", "crew.models.Sailor")

        assert (crossing.verdict, crossing.reason) == ("allowed", "between legacy apps")
        assert judge("cargo.views", "cargo.models.Port") is None


class TestReExports:
    def test_public_answers_for_what_it_hands_on(self) -> None:
        way = ("hold.loading.public",)

        assert judge("hold.billing.service.bills", "hold.loading.domain.Lot", way=way) is None

    def test_another_module_does_not(self) -> None:
        crossing = judged(
            "hold.billing.service.bills", "hold.loading.domain.Lot", way=("hold.loading.service",)
        )

        assert crossing.target.symbol == "hold.loading.domain.Lot"
        assert crossing.as_json()["reason"] == "through hold.loading.service"

    def test_a_third_party_hides_nothing(self) -> None:
        for door in ("bridge.tools", "hold.shared_kernel.lots", "cargo.lots"):
            crossing = judged(
                "hold.billing.service.bills", "hold.loading.db.models.LotRow", way=(door,)
            )

            assert crossing.target.component == "loading"
            assert crossing.target.symbol == "hold.loading.db.models.LotRow"

    def test_a_module_of_ones_own_is_judged_where_it_imports(self) -> None:
        way = ("hold.billing.service",)

        assert judge("hold.billing.api", "hold.loading.db.models.LotRow", way=way) is None

    def test_layers_are_judged_by_the_module_that_is_named(self) -> None:
        crossing = judged(
            "hold.billing.domain.bills", "hold.billing.domain.Bill", way=("hold.billing.db",)
        )

        assert crossing.explanation.rule == "layers"
        assert crossing.target.symbol == "hold.billing.db.Bill"

    def test_in_apps_without_layers_the_definition_counts(self) -> None:
        crossing = judged("shop.stock.views", "shop.orders.models.Order", way=("hold.loading.api",))

        assert crossing.target.component == "orders"

    def test_of_what_everybody_may_have_leads_to_the_module_that_is_named(self) -> None:
        crossing = judged(
            "shop.stock.views", "hold.shared_kernel.Money", way=("shop.orders.models",)
        )

        assert crossing.target.symbol == "shop.orders.models.Money"
        assert crossing.target.component == "orders"


class TestPublicLeak:
    def test_is_what_public_hands_out_and_nobody_should(self) -> None:
        crossing = judged(
            "hold.billing.public", "hold.billing.db.models.BillRow", kind="public-leak"
        )

        assert crossing.explanation.rule == "plain-data"
        assert crossing.target.component == "billing"
        assert judged("shop.orders.public", "typing.Any", kind="public-leak").verdict == "new"

    def test_is_a_schema_of_the_model_of_another(self) -> None:
        crossing = judged("hold.billing.api", "hold.loading.db.models.LotRow", kind="public-leak")

        assert crossing.explanation.rule == "public-only"
        assert crossing.explanation.way_out == "Make it of what hold.loading.public hands out."
