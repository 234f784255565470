from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.relations import relations
from tests.toolkit.crossings.sources.planted import report
from tests.toolkit.crossings.sources.trade import MODELS, column, model, relation, trade

MODELS_OF_BILLING = "shop/billing/models.py"


class TestRelations:
    def test_lead_to_the_model_from_the_line_of_the_field(self, tmp_path: Path) -> None:
        world = trade(tmp_path, {})

        found = report(relations, world)

        assert found == [
            "shop/billing/models.py:12 relation -> shop.orders.models.Order",
            "shop/billing/models.py:18 relation -> shop.accounts.models.User",
            "shop/billing/models.py:22 relation -> shop.orders.models.Order",
            "shop/orders/models.py:6 relation -> shop.accounts.models.User",
        ]

    def test_are_those_to_joining_models_and_by_inheritance(self, tmp_path: Path) -> None:
        link = relation("order_ptr", "orders.Order", cardinality="one-to-one", is_parent_link=True)
        tags = relation(
            "lines", "billing.Share", cardinality="many-to-many", through="orders.Split"
        )
        world = trade(
            tmp_path,
            {
                MODELS_OF_BILLING: (
                    "from shop.orders.models import Order\n"
                    "class Rush(Order):\n"
                    "    order_ptr = models.OneToOneField(Order, parent_link=True)\n"
                    "class LateOrder(Order):\n"
                    "    class Meta:\n"
                    "        proxy = True\n"
                    "class Share(models.Model):\n"
                    "    lines = models.ManyToManyField('self', through='orders.Split')\n"
                    "    notes = GenericRelation('accounts.User')\n"
                )
            },
            models=(
                *MODELS[:3],
                model("orders.Split"),
                model("billing.Rush", link, parents=("orders.Order",)),
                model("billing.LateOrder", parents=("orders.Order",), is_proxy=True),
                model(
                    "billing.Share",
                    tags,
                    relation("notes", "accounts.User", cardinality="one-to-many"),
                ),
            ),
        )

        found = report(relations, world)

        assert found == [
            "shop/billing/models.py:2 relation -> shop.orders.models.Order",
            "shop/billing/models.py:4 relation -> shop.orders.models.Order",
            "shop/billing/models.py:8 relation -> shop.orders.models.Split",
            "shop/billing/models.py:9 relation -> shop.accounts.models.User",
            "shop/orders/models.py:6 relation -> shop.accounts.models.User",
        ]

    def test_begin_where_an_abstract_base_declares_them_once_for_all_heirs(
        self, tmp_path: Path
    ) -> None:
        base = "shop.orders.bases.Owned"
        owner = relation("owner", "accounts.User", declared_in=base)
        world = trade(
            tmp_path,
            {
                "shop/orders/bases.py": (
                    "class Owned(models.Model):\n"
                    "    owner = models.ForeignKey('accounts.User', models.CASCADE)\n"
                    "    parent = models.ForeignKey('self', models.CASCADE)\n"
                    "    group = models.ForeignKey('Group', models.CASCADE)\n"
                ),
                MODELS_OF_BILLING: (
                    "from shop.orders.bases import Owned\n"
                    "class Bill(Owned): ...\n"
                    "class Group(models.Model): ...\n"
                ),
                "shop/orders/models.py": "from .bases import Owned\nclass Basket(Owned): ...\n",
            },
            models=(
                MODELS[0],
                model("billing.Group"),
                model(
                    "billing.Bill",
                    owner,
                    relation("parent", "billing.Bill", declared_in=base),
                    relation("group", "billing.Group", declared_in=base),
                ),
                model("orders.Basket", owner),
            ),
        )

        found = report(relations, world)

        assert found == ["shop/orders/bases.py:2 relation -> shop.accounts.models.User"]

    def test_are_not_those_inside_an_app_or_to_another_package(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {MODELS_OF_BILLING: "class Bill(models.Model):\n    kind = models.ForeignKey(Type)\n"},
            models=(
                model("contenttypes.Type", symbol="django.contrib.contenttypes.models.Type"),
                model("billing.Bill", relation("kind", "contenttypes.Type"), column("number")),
                model("orders.Order"),
                model("orders.Line", relation("order", "orders.Order")),
            ),
        )

        found = report(relations, world)

        assert found == []

    def test_that_no_class_declares_are_listed_as_unresolved(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {MODELS_OF_BILLING: "class Bill(models.Model): ...\nclass Note(models.Model): ...\n"},
            models=(
                MODELS[0],
                model("billing.Bill", relation("payer", "accounts.User")),
                model(
                    "orders.Order",
                    relation("customer", "accounts.User"),
                    relation("watchers", "accounts.User", cardinality="many-to-many"),
                ),
                model("billing.Note", relation("bill", "billing.Bill")),
            ),
        )

        found = report(relations, world)

        assert found == [
            "shop/billing/models.py:1 relation ? payer: it is put on the model while the project "
            "starts",
            "shop/orders/models.py:6 relation -> shop.accounts.models.User",
        ]
