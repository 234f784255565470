from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.resolving.index import Index, Indexing, from_plain, joined, plain
from bulkhead.crossings.sources.query_paths import query_paths
from bulkhead.crossings.sources.reverse import reverses
from bulkhead.crossings.world import World
from tests.toolkit.crossings.sources.planted import report
from tests.toolkit.crossings.sources.trade import trade

ADMIN = "shop/billing/admin.py"
BASES = "shop/billing/bases.py"
FILES = {
    BASES: (
        "from django.contrib import admin\n"
        "class Base(admin.ModelAdmin):\n"
        "    def get_queryset(self, request):\n"
        "        return super().get_queryset(request).select_related('order')\n"
    ),
    ADMIN: (
        "from django.contrib import admin\n"
        "from shop.billing.bases import Base\n"
        "from shop.billing.models import Invoice\n"
        "class InvoiceAdmin(Base):\n"
        "    search_fields = ['order__number']\n"
        "admin.site.register(Invoice, InvoiceAdmin)\n"
    ),
    "shop/orders/receivers.py": (
        "from shop.orders.models import Order\n"
        "@receiver(post_save, sender=Order)\n"
        "def saved(sender, instance, **kwargs):\n"
        "    instance.invoice_set\n"
    ),
}
INDEX = Index(
    heirs={"shop.Base": ("shop.One",)},
    registered={"shop.One": ("orders.Order",)},
    senders={},
    filters={},
    fixtures={"order": ("shop.tests.order",)},
    members=frozenset({"total"}),
)


class TestIndex:
    def test_holds_what_all_files_together_tell(self, tmp_path: Path) -> None:
        world = trade(tmp_path, FILES)
        types = world.types

        found = Indexing(world.registry, types.classes, world.facts).index()

        assert found.heirs["django.contrib.admin.ModelAdmin"] == ("shop.billing.bases.Base",)
        assert found.registered == {"shop.billing.admin.InvoiceAdmin": ("billing.Invoice",)}
        assert found.senders == {"shop.orders.receivers.saved": ("orders.Order",)}
        assert {"search_fields", "get_queryset"} <= found.members

    def test_is_the_same_after_it_was_kept(self) -> None:
        found = from_plain(plain(INDEX))

        assert found == INDEX

    def test_of_two_has_what_either_tells(self) -> None:
        other = Index(
            heirs={"shop.Base": ("shop.Two", "shop.One")},
            registered={},
            senders={"shop.saved": ("orders.Order",)},
            filters={},
            fixtures={},
            members=frozenset({"open"}),
        )

        found = joined(INDEX, other)

        assert found == Index(
            heirs={"shop.Base": ("shop.One", "shop.Two")},
            registered={"shop.One": ("orders.Order",)},
            senders={"shop.saved": ("orders.Order",)},
            filters={},
            fixtures={"order": ("shop.tests.order",)},
            members=frozenset({"open", "total"}),
        )

    def test_tells_all_heirs_once_also_where_classes_inherit_in_a_circle(self) -> None:
        index = INDEX._replace(heirs={"a": ("b", "c"), "b": ("d",), "c": ("d",), "d": ("a", "b")})

        found = index.below("a")

        assert found == ("b", "c", "d")


class TestSingleFiles:
    def test_are_answered_as_in_a_whole_run(self, tmp_path: Path) -> None:
        whole = trade(tmp_path, FILES)
        found = [*report(query_paths, whole), *report(reverses, whole)]
        whole.cache.save()

        single = [
            line
            for file in FILES
            for line in (
                *report(query_paths, _asked(whole, file)),
                *report(reverses, _asked(whole, file)),
            )
        ]

        assert sorted(single) == sorted(found)
        assert found == [
            f"{ADMIN}:5 query-path -> shop.orders.models.Order.number",
            f"{BASES}:4 query-path -> shop.orders.models.Order",
            "shop/orders/receivers.py:4 reverse -> shop.billing.models.Invoice.order",
        ]

    def test_are_known_as_they_are_now(self, tmp_path: Path) -> None:
        whole = trade(tmp_path, FILES)
        whole.types  # noqa: B018 - the index is kept
        whole.cache.save()
        edited = FILES[ADMIN].replace("InvoiceAdmin", "Edited").encode()

        found = report(query_paths, _asked(whole, ADMIN, edited))

        assert found == [f"{ADMIN}:5 query-path -> shop.orders.models.Order.number"]


def _asked(world: World, file: str, content: bytes | None = None) -> World:
    return World(
        world.started,
        world.description,
        folder=world.folder,
        asked=frozenset({file}),
        instead={} if content is None else {file: content},
    )
