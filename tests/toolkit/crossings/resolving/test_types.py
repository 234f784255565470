from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bulkhead.crossings.resolving.typed import (
    Instance,
    Items,
    ModelClass,
    Presumed,
    Rows,
    Table,
    Thing,
    Types,
)
from bulkhead.crossings.sources.query_paths import query_paths
from bulkhead.crossings.sources.reverse import reverses
from tests.toolkit.crossings.sources.planted import report
from tests.toolkit.crossings.sources.trade import trade

VIEWS = "shop/billing/views.py"
HEAD = (
    "from typing import cast\n"
    "from django.db.models import QuerySet\n"
    "from django.shortcuts import get_object_or_404\n"
    "from django.views.generic import DetailView\n"
    "from shop.billing.models import Account, Invoice, InvoiceQuerySet\n"
    "from shop.orders.models import Line, Order\n"
    "def first(rows): return rows.first()\n"
    "def late() -> 'QuerySet[Order]': ...\n"
    "class Basket:\n"
    "    kind = Order\n"
    "    def __init__(self, order: Order):\n"
    "        self.order = order\n"
    "    @property\n"
    "    def lines(self): return self.order.lines\n"
    "    def last(self): return self.lines.last()\n"
    "class Factory(factory.DjangoModelFactory):\n"
    "    class Meta: model = Invoice\n"
    "class Detail(DetailView):\n"
    "    model = Invoice\n"
    "    def get(self, request):\n"
)
ORDER = Instance("orders.Order")
ORDERS = Rows("orders.Order")
INVOICE = Instance("billing.Invoice")
INVOICES = Rows("billing.Invoice")
USER = Instance("accounts.User")


def types_of(expression: str, folder: Path, head: str = HEAD) -> Types:
    """Return the types of an expression in a method of a view for invoices."""
    world = trade(folder, {VIEWS: f"{head}        ({expression}).order_by()\n"})
    [call] = [one for one in world.facts["shop.billing.views"].calls if one.name == "order_by"]
    assert call.function is not None
    return world.types.of(call.function[1])


class TestTerms:
    @pytest.mark.parametrize(
        ("expression", "types"),
        [
            ("Order", (ModelClass("orders.Order"),)),
            ("Order()", (ORDER,)),
            ("Order.objects", (ORDERS,)),
            ("Order._default_manager.using('x').all()", (ORDERS,)),
            ("Invoice.objects.open()", (INVOICES,)),
            ("Order.objects.values('id').distinct()", (Rows("orders.Order", are_objects=False),)),
            ("Order.objects.values('id')[0]", ()),
            ("Order.objects.get(pk=1)", (ORDER,)),
            ("Order.objects.get_or_create(pk=1)[0]", (ORDER,)),
            ("Order.objects.all()[0]", (ORDER,)),
            ("Order.objects.all()[:5]", (ORDERS,)),
            ("next(iter(Order.objects.all()))", (ORDER,)),
            ("list(Order.objects.all())", (Items(ORDER),)),
            ("list(Order.objects.all()).pop()", (ORDER,)),
            ("[one for one in Order.objects.all()]", (Items(ORDER),)),
            ("[one for one in Order.objects.all()][0].customer", (USER,)),
            ("Order.objects.get().lines", (Rows("orders.Line"),)),
            ("Order.objects.get().lines.first().order", (ORDER,)),
            ("Order.objects.get().number", ()),
            ("Order.objects.get().invoice_set.open()", (INVOICES,)),
            ("Account.objects.get().owner.billing_account", (Instance("billing.Account"),)),
            ("Order.objects.model", (ModelClass("orders.Order"),)),
            ("Order.objects.get().__class__.objects", (ORDERS,)),
            ("type(Order.objects.get()).objects", (ORDERS,)),
            ("Order.objects if request else Invoice.objects", (ORDERS, INVOICES)),
            ("Order.objects.all() | Order.objects.none()", (ORDERS,)),
            ("apps.get_model('orders', 'Order').objects", (ORDERS,)),
            ("apps.get_model('orders.order')", (ModelClass("orders.Order"),)),
            ("get_user_model()", (ModelClass("accounts.User"),)),
            ("get_object_or_404(Order, pk=1)", (ORDER,)),
            ("get_object_or_404(Order.objects.all(), pk=1)", (ORDER,)),
            ("cast(Order, order)", (ORDER,)),
            ("first(Order.objects.all())", (ORDER,)),
            ("first(first)", ()),
            ("late()", (ORDERS,)),
            ("Basket(order).order", (ORDER,)),
            ("Basket(order).kind.objects", (ORDERS,)),
            ("Basket(order).lines", (Rows("orders.Line"),)),
            ("Basket(order).last()", (Instance("orders.Line"),)),
            ("Factory()", (INVOICE,)),
            ("Factory.create()", (INVOICE,)),
            ("Factory.create_batch(3)", (Items(INVOICE),)),
            ("baker.make(Order)", (ORDER,)),
            ("request.user", (USER,)),
            ("self.request.user", (USER,)),
            ("self.get_queryset()", (INVOICES,)),
            ("self.object", (INVOICE,)),
            ("super().get_queryset()", (INVOICES,)),
            ("self.model", (ModelClass("billing.Invoice"),)),
            ("self.user", (Presumed("accounts.User"),)),
            ("unknown()", ()),
        ],
    )
    def test_stand_for_what_they_are(self, expression: str, types: Types, tmp_path: Path) -> None:
        found = types_of(expression, tmp_path)

        assert found == types

    @pytest.mark.parametrize(
        ("annotation", "types"),
        [
            ("Order", (ORDER,)),
            ("'Order | None'", (ORDER,)),
            ("type[Order]", (ModelClass("orders.Order"),)),
            ("QuerySet[Order]", (ORDERS,)),
            ("InvoiceQuerySet", (INVOICES,)),
            ("list[Order]", (Items(ORDER),)),
            (
                "Iterable[tuple[Order, int]]",
                (Items(Items(ORDER)), Items(Items(Thing("builtins.int")))),
            ),
            ("dict[int, Order]", (Table(ORDER),)),
            ("Orders", (ORDERS,)),
            ("HttpRequest", (Thing("django.http.HttpRequest"),)),
        ],
    )
    def test_are_told_by_annotations(self, annotation: str, types: Types, tmp_path: Path) -> None:
        head = (
            "from collections.abc import Iterable\n"
            "from django.db.models import QuerySet\n"
            "from django.http import HttpRequest\n"
            "from shop.billing.models import InvoiceQuerySet\n"
            "from shop.orders.models import Order\n"
            "Orders = QuerySet[Order]\n"
            "class Service:\n"
            f"    def ask(self, given: {annotation}):\n"
        )

        found = types_of("given", tmp_path, head)

        assert found == types

    @pytest.mark.parametrize(
        ("head", "expression", "types"),
        [
            ("class A(admin.ModelAdmin):\n    def a(self, obj):\n", "obj", ()),
            (
                "@admin.register(Invoice)\nclass A(admin.ModelAdmin):\n    def a(self, obj):\n",
                "obj.order",
                (ORDER,),
            ),
            (
                "class F(filters.FilterSet):\n    class Meta: model = Invoice\n"
                "    def search(self, queryset, name, value):\n",
                "queryset",
                (INVOICES,),
            ),
            (
                "class Plain:\n    model = Invoice\n    def search(self, queryset):\n",
                "queryset",
                (),
            ),
            (
                "if True:\n    @receiver(post_save, sender=Invoice)\n"
                "    def saved(sender, instance, **kwargs):\n",
                "instance",
                (INVOICE,),
            ),
            (
                "if True:\n    def saved(instance, **kwargs):\n",
                "instance",
                (),
            ),
            (
                "@pytest.fixture\ndef paid(db): return Invoice.objects.create()\n"
                "if True:\n    def test_one(paid):\n",
                "paid",
                (INVOICE,),
            ),
            ("if True:\n    def one(paid):\n", "paid", ()),
            ("if True:\n    def one(apps, Order):\n", "Order.objects", (ORDERS,)),
            ("if True:\n    def one(order):\n", "order", (Presumed("orders.Order"),)),
            ("if True:\n    def one(order):\n", "order.lines", (Rows("orders.Line"),)),
            ("if True:\n    def one(order):\n", "order.customer", (Presumed("accounts.User"),)),
            ("if True:\n    def one(order):\n", "order.number", ()),
        ],
    )
    def test_are_told_by_what_parameters_are_given(
        self, head: str, expression: str, types: Types, tmp_path: Path
    ) -> None:
        imports = "from django.contrib import admin\nfrom shop.billing.models import Invoice\n"

        found = types_of(expression, tmp_path, imports + head)

        assert found == types

    def test_are_those_of_the_heirs_in_a_base_that_is_no_model(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                "shop/orders/models.py": (
                    "from django.db import models\n"
                    "class Numbered(models.Model):\n"
                    "    def rows(self):\n"
                    "        return self.invoice_set.filter(number=7)\n"
                    "class Order(Numbered): ...\n"
                )
            },
        )

        found = report(reverses, world)

        assert found == ["shop/orders/models.py:4 reverse -> shop.billing.models.Invoice.order"]


IMPORTS = {
    "from shop.billing.models import Invoice": "Invoice",
    "from shop.billing.models import Invoice as {alias}": "{alias}",
    "from shop.billing import models as {alias}": "{alias}.Invoice",
    "import shop.billing.models": "shop.billing.models.Invoice",
    "from shop.billing.models import *": "Invoice",
    "from .models import Invoice as {alias}": "{alias}",
    "from shop.orders.handed_on import {handed} as {alias}": "{alias}",
    "from shop.orders import handed_on as {alias}": "{alias}.{handed}",
    "{alias} = apps.get_model('bill' + 'ing', 'Invoice')": "{alias}",
    "from shop.billing.models import Invoice; {alias} = Invoice": "{alias}",
    "import importlib; {alias} = importlib.import_module('shop.billing.models')": "{alias}.Invoice",
}
ROWS = (
    "{model}.objects",
    "{model}.objects.all()",
    "{model}._default_manager.open().distinct()",
    "{model}.objects.get(pk=7).order.invoice_set",
)
PATHS = ("order__number=7", "**{{'order__' 'number': 7}}", "Q(order__number=7)")
NAMES = st.from_regex(r"[a-z]{3,6}_[a-z]{2,4}", fullmatch=True)


class Renamed(NamedTuple):
    """One way to write the same look-up."""

    statement: str
    rows: str
    path: str
    alias: str
    handed: str
    variable: str | None

    @property
    def lines(self) -> list[str]:
        names = {"alias": self.alias, "handed": self.handed}
        asked = self.rows.format(model=IMPORTS[self.statement].format(**names))
        statement, look_up = self.statement.format(**names), f"filter({self.path.format()})"
        if self.variable is None:
            return [statement, f"{asked}.{look_up}"]
        return [statement, f"{self.variable} = {asked}", f"{self.variable}.{look_up}"]


class TestWhateverIsRenamed:
    @settings(
        max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
    )
    @given(
        st.builds(
            Renamed,
            statement=st.sampled_from(sorted(IMPORTS)),
            rows=st.sampled_from(ROWS),
            path=st.sampled_from(PATHS),
            alias=NAMES,
            handed=NAMES,
            variable=st.one_of(st.none(), NAMES),
        )
    )
    def test_hides_no_look_up(self, tmp_path: Path, renamed: Renamed) -> None:
        handed_on = f"from shop.billing.models import Invoice as {renamed.handed}\n"
        lines = ["from django.db.models import Q", *renamed.lines, ""]
        world = trade(tmp_path, {"shop/orders/handed_on.py": handed_on, VIEWS: "\n".join(lines)})

        found = report(query_paths, world)

        last = len(lines) - 1
        assert found == [f"{VIEWS}:{last} query-path -> shop.orders.models.Order.number"]
