from __future__ import annotations

from bulkhead.crossings.description import LegacyDescription, ProjectDescription
from bulkhead.crossings.places import Places
from bulkhead.crossings.registry import Registry, cardinality
from bulkhead.crossings.started import StartedApp, StartedField, StartedModel, StartedProject
from tests.toolkit.crossings.sources.trade import MODELS, column, model, relation


def registry(*models: StartedModel) -> Registry:
    apps = ("accounts", "billing", "orders")
    return Registry(
        StartedProject(
            settings_module="shop.settings",
            django="5.2",
            python="3.11",
            user_model="accounts.User",
            apps=tuple(StartedApp(label=one, package=f"shop.{one}", path="") for one in apps),
            models=models or MODELS,
        ),
        Places(
            ProjectDescription(
                legacy_apps=tuple(
                    LegacyDescription(label=one, package=f"shop.{one}") for one in apps
                )
            )
        ),
    )


class TestSteps:
    def test_lead_along_fields_and_back_by_the_names_of_look_ups(self) -> None:
        steps = registry().steps("orders.Order")

        found = {name: step.symbol for name, step in steps.items()}

        assert found == {
            "customer": "shop.orders.models.Order.customer",
            "discounts": "shop.billing.models.Discount.orders",
            "invoice": "shop.billing.models.Invoice.order",
            "lines": "shop.orders.models.Line.order",
        }

    def test_lead_back_by_the_names_of_objects(self) -> None:
        accessors = registry().accessors("orders.Order")

        found = {name: step.is_many for name, step in accessors.items()}

        assert found == {"customer": False, "discounts": True, "invoice_set": True, "lines": True}

    def test_are_those_of_parents_too_and_of_what_a_proxy_stands_for(self) -> None:
        link = relation(
            "order_ptr",
            "orders.Order",
            "rush",
            cardinality="one-to-one",
            is_parent_link=True,
        )
        known = registry(
            *MODELS,
            model("orders.Rush", link, parents=("orders.Order",)),
            model("billing.LateOrder", parents=("orders.Order",), is_proxy=True),
            model("billing.Reminder", relation("order", "billing.LateOrder", "reminders")),
        )

        found = {label: set(known.steps(label)) for label in ("orders.Rush", "billing.LateOrder")}

        assert found == {
            "orders.Rush": {
                *("customer", "discounts", "invoice", "lines", "order_ptr", "reminders", "rush"),
            },
            "billing.LateOrder": {
                *("customer", "discounts", "invoice", "lines", "reminders", "rush"),
            },
        }
        assert known.fields("orders.Rush")["customer_id"].name == "customer"

    def test_leave_a_component_where_the_other_model_is_anothers(self) -> None:
        known = registry()

        names, accessors = known.crossing_names, known.crossing_accessors

        assert names == {
            *("billing_account", "customer", "discounts", "invoice", "order", "orders", "owner"),
        }
        assert accessors == {"billing_account", "discounts", "invoice_set", "orders"}


class TestModels:
    def test_own_their_tables_before_proxies_and_what_django_made(self) -> None:
        order = model("orders.Order", table="Orders_Order")
        proxy = model("orders.Alias", table="Orders_Order", is_proxy=True)
        joined = model("orders.AnyJoin", table="Orders_Order", is_auto_created=True)

        assert registry(joined, proxy, order).by_table == {"orders_order": order}

    def test_are_found_by_label_symbol_table_and_variable(self) -> None:
        known = registry(*MODELS, model("billing.LineItem"), model("orders.LineItem"))

        found = (
            known.by_label("orders.ORDER"),
            known.by_symbol("shop.orders.models.Order"),
            known.by_table["orders_order"],
            known.named_like("order"),
        )

        assert [one and one.label for one in found] == ["orders.Order"] * 4
        assert known.by_label("Orders.Order") is None
        assert known.named_like("user") == MODELS[0]
        assert known.named_like("line_item") is None

    def test_belong_to_the_longest_package(self) -> None:
        known = registry()

        found = [known.app_of("shop.orders.models"), known.app_of("shop.ordersbook.models")]

        assert found == ["orders", None]
        assert known.package("orders") == "shop.orders"
        assert known.owner("shop.orders.models.Order") == "orders"
        assert known.owner("django.contrib.auth.models.User") is None


class TestCardinality:
    def test_is_told_by_the_type_where_the_project_did_not_start(self) -> None:
        fields = [
            StartedField(name="one", attname="one_id", type=f"django.{name}", related="a.B")
            for name in ("ForeignKey", "OneToOneField", "ManyToManyField", "GenericRelation")
        ]

        found = [cardinality(field) for field in (*fields, column("number"))]

        assert found == ["many-to-one", "one-to-one", "many-to-many", "one-to-many", ""]
