"""What `manage.py check` says of an admin that inherits from other packages, too."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any, ClassVar

import pytest
from django.contrib.admin import AdminSite, ModelAdmin, TabularInline, sites
from django.core.checks import Error, Warning  # noqa: A004 - Django's name
from django.http import HttpRequest

from bulkhead.admin import AggregateAdmin, AggregateTabularInline
from bulkhead.checks.admin import check_admin
from tests.toolkit.yard.stock.db.models import CrateRow, PalletRow


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> AdminSite:
    monkeypatch.setattr(sites, "all_sites", set())
    return AdminSite()


class Themed(ModelAdmin):  # type: ignore[type-arg]
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist(request, **kwargs)

    def action_checkbox(self, obj: Any) -> Any:
        return "themed"


class ThemedInline(TabularInline):  # type: ignore[type-arg]
    extra = 2


class Mixin:
    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist(request, **kwargs)  # type: ignore[misc]


class Importing:
    """What django-import-export has in an admin that imports."""

    resource_classes: tuple[type, ...] = ()

    def get_import_resource_classes(self, request: HttpRequest) -> tuple[type, ...]:
        return self.resource_classes


class ModelResource:
    """What a resource of django-import-export saves with."""

    __module__ = "import_export.resources"
    _meta = SimpleNamespace(use_bulk=False)

    def do_instance_save(self, instance: object, is_create: object) -> None: ...


class Rows(ModelResource):
    pass


class Serving(ModelResource):
    def do_instance_save(self, instance: object, is_create: object) -> None: ...


class InBulk(Serving):
    _meta = SimpleNamespace(use_bulk=True)


class TestOrder:
    def test_w079_names_an_admin_that_hides_ours(self, site: AdminSite) -> None:
        class Wrong(Themed, AggregateAdmin):
            pass

        site.register(PalletRow, Wrong)

        assert check_admin() == [
            Warning(
                f"{__name__}.{Wrong.__qualname__} inherits from {__name__}.Themed before "
                "AggregateAdmin, whose own action_checkbox, get_changelist count only as far as "
                "that calls super().",
                hint="Name AggregateAdmin, or what inherits from it, first.",
                obj=PalletRow,
                id="bulkhead.W079",
            )
        ]

    def test_w079_names_an_inline_that_hides_ours(self, site: AdminSite) -> None:
        class Crates(ThemedInline, AggregateTabularInline):
            model = CrateRow

        class Right(AggregateAdmin):
            inlines = (Crates,)

        site.register(PalletRow, Right)

        assert check_admin() == [
            Warning(
                f"{__name__}.{Crates.__qualname__} inherits from {__name__}.ThemedInline before "
                "AggregateInline, whose own extra count only as far as that calls super().",
                hint="Name AggregateInline, or what inherits from it, first.",
                obj=PalletRow,
                id="bulkhead.W079",
            )
        ]

    def test_allow_others_behind_and_mixins_before(self, site: AdminSite) -> None:
        class Crates(AggregateTabularInline, ThemedInline):
            model = CrateRow

        class Right(Mixin, AggregateAdmin, Themed):
            inlines = (Crates,)

        site.register(PalletRow, Right)

        assert check_admin() == []

    def test_allow_one_before_that_hides_nothing(self, site: AdminSite) -> None:
        class Titled(ModelAdmin):  # type: ignore[type-arg]
            def title(self) -> str:
                return "pallets"

        class Right(Titled, AggregateAdmin):
            pass

        site.register(PalletRow, Right)

        assert check_admin() == []


class TestImports:
    @pytest.mark.parametrize("resource", [Rows, InBulk])
    def test_e085_names_a_resource_that_saves_rows(self, site: AdminSite, resource: type) -> None:
        class Open(AggregateAdmin, Importing):
            resource_classes = (resource, Serving)

        site.register(PalletRow, Open)

        assert check_admin() == [
            Error(
                f"{__name__}.{Open.__qualname__} imports PalletRow by {__name__}."
                f"{resource.__name__}, which saves past the rules of its domain.",
                hint="Let a resource override do_instance_save and call a service there, without "
                "use_bulk; or inherit from ExportMixin alone.",
                obj=PalletRow,
                id="bulkhead.E085",
            )
        ]

    def test_e085_names_the_resource_that_nobody_wrote(self, site: AdminSite) -> None:
        class Open(AggregateAdmin, Importing):
            pass

        site.register(PalletRow, Open)

        [error] = check_admin()

        assert error.msg == (
            f"{__name__}.{Open.__qualname__} imports PalletRow by the ModelResource that "
            "import_export makes of it, which saves past the rules of its domain."
        )

    def test_allow_a_resource_that_saves_by_itself(self, site: AdminSite) -> None:
        class Right(AggregateAdmin, Importing):
            resource_class: ClassVar[type] = Serving

        site.register(PalletRow, Right)

        assert check_admin() == []
