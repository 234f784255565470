from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.reverse import reverses
from tests.toolkit.crossings.sources.planted import report
from tests.toolkit.crossings.sources.trade import MODELS, model, relation, trade

VIEWS = "shop/orders/views.py"
INVOICES = "shop.billing.models.Invoice.order"
ACCOUNT = "shop.billing.models.Account.owner"
DISCOUNTS = "shop.billing.models.Discount.orders"


class TestReverse:
    def test_leads_to_the_relation_that_put_the_accessor_there(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    "from shop.orders.models import Line, Order\n"
                    "def show(request, order: Order):\n"
                    "    order.invoice_set.all()\n"
                    "    request.user.billing_account\n"
                    "    hasattr(order.customer, 'billing_account')\n"
                    "    Order.objects.get(pk=1).discounts.count()\n"
                    "    for line in Line.objects.all():\n"
                    "        (line\n"
                    "            .order\n"
                    "            .discounts)\n"
                    "    late = [one.invoice_set for one in Order.objects.filter(number='7')]\n"
                ),
                "shop/orders/models.py": (
                    "class Order(models.Model):\n"
                    "    def total(self):\n"
                    "        return self.invoice_set.count()\n"
                ),
            },
        )

        found = report(reverses, world)

        assert found == [
            f"shop/orders/models.py:3 reverse -> {INVOICES}",
            f"{VIEWS}:3 reverse -> {INVOICES}",
            f"{VIEWS}:4 reverse -> {ACCOUNT}",
            f"{VIEWS}:5 reverse -> {ACCOUNT}",
            f"{VIEWS}:6 reverse -> {DISCOUNTS}",
            f"{VIEWS}:10 reverse -> {DISCOUNTS}",
            f"{VIEWS}:11 reverse -> {INVOICES}",
        ]

    def test_is_not_an_attribute_of_anything_else_or_of_the_same_component(
        self, tmp_path: Path
    ) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    "from shop.orders.models import Line, Order\n"
                    "class Basket:\n"
                    "    discounts = []\n"
                    "def show(order: Order, basket: Basket, line: Line):\n"
                    "    order.lines.all()\n"
                    "    basket.discounts\n"
                    "    line.discounts\n"
                    "    order.number.discounts\n"
                ),
                "shop/accounts/views.py": (
                    "from shop.orders.models import Order\nOrder.objects.first().lines.all()\n"
                ),
                "shop/billing/views.py": (
                    "def show(order: 'shop.orders.models.Order'): order.invoice_set.all()\n"
                    "from shop.orders.models import Order\n"
                    "Order.objects.first().discounts.all()\n"
                ),
            },
        )

        found = report(reverses, world)

        assert found == []

    def test_is_not_what_the_models_own_component_has_put_there(self, tmp_path: Path) -> None:
        rebate = model("orders.Rebate", relation("line", "orders.Line", "discounts"))
        world = trade(
            tmp_path,
            {
                "shop/accounts/views.py": (
                    "from shop.orders.models import Line, Order\n"
                    "Line.objects.first().discounts.all()\n"
                    "Order.objects.first().discounts.all()\n"
                )
            },
            models=(*MODELS, rebate),
        )

        found = report(reverses, world)

        assert found == [f"shop/accounts/views.py:3 reverse -> {DISCOUNTS}"]

    def test_is_known_by_a_name_that_one_relation_alone_gives(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    "def show(thing):\n"
                    "    thing.invoice_set\n"
                    "    thing.discounts.filter(code='7')\n"
                    "    thing.billing_account\n"
                )
            },
        )

        found = report(reverses, world)

        assert found == [
            f"{VIEWS}:2 reverse -> {INVOICES}",
            f"{VIEWS}:3 reverse -> {DISCOUNTS}",
            f"{VIEWS}:4 reverse ? billing_account: it can't be told what it is asked of",
        ]

    def test_is_known_where_variable_and_attribute_both_say_so(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                VIEWS: (
                    "class Offer:\n"
                    "    discounts = ()\n"
                    "def show(order, offer):\n"
                    "    order.discounts.filter(code='7')\n"
                    "    offer.discounts.filter(code='7')\n"
                    "    offer.discounts\n"
                    "    order.discounts\n"
                    "def greet(user, order):\n"
                    "    user.billing_account\n"
                    "    order.customer.billing_account\n"
                    "    order.number.billing_account\n"
                )
            },
        )

        found = report(reverses, world)

        assert found == [
            f"{VIEWS}:4 reverse -> {DISCOUNTS}",
            f"{VIEWS}:7 reverse -> {DISCOUNTS}",
            f"{VIEWS}:9 reverse -> {ACCOUNT}",
            f"{VIEWS}:10 reverse -> {ACCOUNT}",
            f"{VIEWS}:11 reverse ? billing_account: it can't be told what it is asked of",
        ]

    def test_begins_at_a_model_that_inherits_the_accessor(self, tmp_path: Path) -> None:
        link = relation("order_ptr", "orders.Order", cardinality="one-to-one", is_parent_link=True)
        world = trade(
            tmp_path,
            {VIEWS: "from shop.orders.models import Rush\nRush.objects.get().invoice_set\n"},
            models=(*MODELS, model("orders.Rush", link, parents=("orders.Order",))),
        )

        found = report(reverses, world)

        assert found == [f"{VIEWS}:2 reverse -> {INVOICES}"]
