"""What `manage.py check` says of references on the pages of the admin."""

from __future__ import annotations

import pytest
from django.contrib.admin import AdminSite, ModelAdmin, TabularInline, sites
from django.core.checks import Warning  # noqa: A004 - Django's name
from django.test import override_settings

from bulkhead.admin import AggregateAdmin, ReferenceAdmin, ReferenceInline
from bulkhead.checks.reference_pages import check_reference_pages
from tests.toolkit.yard.sales.db.models import Haulier, Load, Truck


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> AdminSite:
    monkeypatch.setattr(sites, "all_sites", set())
    return AdminSite()


class Page(ModelAdmin):  # type: ignore[type-arg]
    pass


class KnowingPage(ReferenceAdmin, ModelAdmin):  # type: ignore[type-arg]
    pass


class LoadInline(TabularInline):  # type: ignore[type-arg]
    model = Load


class KnowingInline(ReferenceInline, TabularInline):  # type: ignore[type-arg]
    model = Load


def bare(cls: type, mixin: str) -> Warning:
    return Warning(
        f"{__name__}.{cls.__qualname__} shows pallet_id as a bare id, and asks a user to type one.",
        hint=f"Let it inherit from bulkhead.admin.{mixin}, before Django's own class: "
        f"class {cls.__name__}({mixin}, ...).",
        id="bulkhead.W082",
    )


class TestBareIds:
    def test_w082_names_a_page_that_does_not_know_references(self, site: AdminSite) -> None:
        site.register(Load, Page)

        found = [one for one in check_reference_pages() if one.id == "bulkhead.W082"]

        assert found == [bare(Page, "ReferenceAdmin")]

    def test_w082_names_an_inline_and_the_page_around_it(self, site: AdminSite) -> None:
        page = type("Around", (Page,), {"inlines": (LoadInline,), "__module__": __name__})
        site.register(Truck, page)

        found = [one for one in check_reference_pages() if one.id == "bulkhead.W082"]

        assert found == [bare(page, "ReferenceAdmin"), bare(LoadInline, "ReferenceInline")]

    @pytest.mark.parametrize("base", [KnowingPage, AggregateAdmin])
    def test_allow_a_page_that_knows_them(self, site: AdminSite, base: type) -> None:
        site.register(Truck, type("Around", (base,), {"inlines": (KnowingInline,)}))
        site.register(Load, base)

        assert [one for one in check_reference_pages() if one.id == "bulkhead.W082"] == []

    def test_allow_a_page_without_references(self, site: AdminSite) -> None:
        site.register(Haulier, Page)

        assert check_reference_pages() == []

    def test_are_not_looked_for_without_an_admin(self, site: AdminSite) -> None:
        site.register(Load, Page)

        with override_settings(INSTALLED_APPS=["tests.toolkit.yard.stock"]):
            assert check_reference_pages() == []


class TestSearches:
    def test_w083_names_a_legacy_model_that_no_admin_searches(self, site: AdminSite) -> None:
        site.register(Load, KnowingPage)

        assert check_reference_pages() == [
            Warning(
                f"{__name__}.KnowingPage can't search for driver_id: no admin of auth.User on the "
                f"site 'admin' has search_fields.",
                hint="Register auth.User there, with search_fields.",
                id="bulkhead.W083",
            )
        ]

    def test_allow_one_that_an_admin_searches(self, site: AdminSite) -> None:
        from django.contrib.auth.admin import UserAdmin  # noqa: PLC0415 - registers itself
        from django.contrib.auth.models import User  # noqa: PLC0415

        site.register(Load, KnowingPage)
        site.register(User, UserAdmin)

        assert check_reference_pages() == []
