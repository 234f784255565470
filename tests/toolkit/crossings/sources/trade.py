"""The models of the small shop: orders of users, and what billing has to do with them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from bulkhead.crossings.started import StartedField, StartedModel
from bulkhead.crossings.world import World
from tests.toolkit.crossings.sources.planted import plant

TYPES = {
    "many-to-one": "django.db.models.fields.related.ForeignKey",
    "one-to-one": "django.db.models.fields.related.OneToOneField",
    "many-to-many": "django.db.models.fields.related.ManyToManyField",
    "one-to-many": "django.contrib.contenttypes.fields.GenericRelation",
}


def model(
    label: str, *fields: StartedField, managers: tuple[str, ...] = (), **told: object
) -> StartedModel:
    """Return a model of an app below `shop`, with a key."""
    app, _, name = label.partition(".")
    given: dict[str, object] = {
        "label": label,
        "symbol": f"shop.{app}.models.{name}",
        "app": app,
        "table": f"{app}_{name.lower()}",
        "fields": (column("id", primary_key=True), *fields),
        "managers": tuple(("objects", manager) for manager in managers),
    }
    return StartedModel(**{**given, **told})  # type: ignore[arg-type]


def column(name: str, *, type: str = "CharField", primary_key: bool = False) -> StartedField:  # noqa: A002
    """Return a field that leads nowhere."""
    return StartedField(
        name=name,
        attname=name,
        type=f"django.db.models.fields.{type}",
        primary_key=primary_key,
    )


def relation(
    name: str,
    to: str,
    accessor: str = "",
    query_name: str = "",
    *,
    cardinality: str = "many-to-one",
    **told: object,
) -> StartedField:
    """Return a field that leads to a model."""
    is_key = cardinality in {"many-to-one", "one-to-one"}
    given: dict[str, object] = {
        "name": name,
        "attname": f"{name}_id" if is_key else name,
        "type": TYPES[cardinality],
        "related": to,
        "accessor": accessor,
        "query_name": query_name or accessor,
        "cardinality": cardinality,
        "to_field": "id" if is_key else "",
    }
    return StartedField(**{**given, **told})  # type: ignore[arg-type]


USER = model("accounts.User", column("username"), column("email"))
ORDER = model(
    "orders.Order",
    column("number"),
    column("details", type="json.JSONField"),
    relation("customer", "accounts.User", "orders"),
)
LINE = model("orders.Line", relation("order", "orders.Order", "lines"), column("sku"))
INVOICE = model(
    "billing.Invoice",
    column("number"),
    relation("order", "orders.Order", "invoice_set", "invoice"),
    managers=("shop.billing.models.InvoiceQuerySet",),
)
ACCOUNT = model(
    "billing.Account",
    relation("owner", "accounts.User", "billing_account", cardinality="one-to-one"),
    column("iban"),
)
DISCOUNT = model(
    "billing.Discount",
    column("code"),
    relation("orders", "orders.Order", "discounts", cardinality="many-to-many"),
)
MODELS = (USER, ORDER, LINE, INVOICE, ACCOUNT, DISCOUNT)

FILES = {
    "shop/accounts/models.py": (
        "from django.db import models\n"
        "\n"
        "\n"
        "class User(models.Model):\n"
        "    username = models.CharField()\n"
    ),
    "shop/orders/models.py": (
        "from django.db import models\n"
        "\n"
        "\n"
        "class Order(models.Model):\n"
        "    number = models.CharField()\n"
        '    customer = models.ForeignKey("accounts.User", models.CASCADE, related_name="orders")\n'
        "\n"
        "\n"
        "class Line(models.Model):\n"
        '    order = models.ForeignKey(Order, models.CASCADE, related_name="lines")\n'
    ),
    "shop/billing/models.py": (
        "from django.db import models\n"
        "from shop.orders.models import Order\n"
        "\n"
        "\n"
        "class InvoiceQuerySet(models.QuerySet):\n"
        "    def open(self):\n"
        "        return self.filter(paid=False)\n"
        "\n"
        "\n"
        "class Invoice(models.Model):\n"
        "    number = models.CharField()\n"
        "    order = models.ForeignKey(Order, models.CASCADE)\n"
        "\n"
        "    objects = InvoiceQuerySet.as_manager()\n"
        "\n"
        "\n"
        "class Account(models.Model):\n"
        '    owner = models.OneToOneField("accounts.User", models.CASCADE)\n'
        "\n"
        "\n"
        "class Discount(models.Model):\n"
        '    orders = models.ManyToManyField("orders.Order", related_name="discounts")\n'
    ),
}


def trade(
    folder: Path, files: Mapping[str, str], *, models: tuple[StartedModel, ...] = MODELS
) -> World:
    """Write the shop with its models, and with these files."""
    return plant(folder, {**FILES, **files}, models=models)
