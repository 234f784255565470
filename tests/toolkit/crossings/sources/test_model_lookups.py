from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.model_lookups import model_lookups
from bulkhead.crossings.started import StartedModel
from tests.toolkit.crossings.sources.planted import DJANGOS, plant, report

TASKS = "shop/orders/tasks.py"


class TestModels:
    def test_are_found_by_label_however_it_is_written(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/consts.py": 'APP = "billing"\n',
                TASKS: (
                    "from django.apps import apps\n"
                    "from django.apps import apps as registry\n"
                    "from shop.consts import APP\n"
                    "\n"
                    'A = apps.get_model("billing.Invoice")\n'
                    'B = apps.get_model("billing", "invoice")\n'
                    'C = registry.get_model(app_label=APP, model_name="Payment")\n'
                    'D = apps.get_app_config("billing").get_model("Invoice")\n'
                    'E = apps.get_model("bill" + "ing." + "Payment")\n'
                    "load = apps.get_model\n"
                    'F = load("billing", "Payment")\n'
                ),
            },
        )

        found = report(model_lookups, world)

        assert found == [
            "shop/orders/tasks.py:5 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:6 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:7 model-lookup -> shop.billing.models.Payment",
            "shop/orders/tasks.py:8 model-lookup -> shop.billing",
            "shop/orders/tasks.py:8 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:9 model-lookup -> shop.billing.models.Payment",
            "shop/orders/tasks.py:11 model-lookup -> shop.billing.models.Payment",
        ]

    def test_of_the_own_app_and_of_django_are_none(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from django.apps import apps\n"
                    "\n"
                    'A = apps.get_model("orders", "Order")\n'
                    'B = apps.get_model("contenttypes.ContentType")\n'
                )
            },
        )

        assert report(model_lookups, world) == []

    def test_of_relations_and_of_migrations_are_told_elsewhere(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/orders/models.py": (
                    "from django.db import models\n"
                    "\n"
                    "\n"
                    "class Order(models.Model):\n"
                    '    invoice = models.ForeignKey("billing.Invoice", models.CASCADE)\n'
                ),
                "shop/orders/migrations/__init__.py": "",
                "shop/orders/migrations/0001_initial.py": (
                    "def fill(apps, schema_editor):\n"
                    '    apps.get_model("billing", "Invoice")\n'
                    '    return "billing.Invoice"\n'
                ),
            },
        )

        assert report(model_lookups, world) == []

    def test_that_are_told_while_running_are_listed(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from django.apps import apps\n"
                    "\n"
                    "\n"
                    "def load(label, form):\n"
                    "    form.get_model(label)\n"
                    '    apps.get_model("billing", label)\n'
                    '    apps.get_model("billing", "Receipt")\n'
                    "    return apps.get_model(label)\n"
                )
            },
        )

        found = report(model_lookups, world)

        assert found == [
            "shop/orders/tasks.py:6 model-lookup -> shop.billing",
            "shop/orders/tasks.py:7 model-lookup ? billing.Receipt: "
            "No installed model has this label.",
            "shop/orders/tasks.py:8 model-lookup ? get_model: It is put together while it runs.",
        ]

    def test_of_users_are_found_behind_the_setting(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from django.apps import apps\n"
                    "from django.conf import settings\n"
                    "from django.contrib.auth import get_user_model\n"
                    "\n"
                    "A = get_user_model()\n"
                    "B = apps.get_model(settings.AUTH_USER_MODEL)\n"
                )
            },
        )

        found = report(model_lookups, world)

        assert found == [
            "shop/orders/tasks.py:5 model-lookup -> shop.accounts.models.User",
            "shop/orders/tasks.py:6 model-lookup -> shop.accounts.models.User",
        ]


class TestContentTypes:
    def test_are_found_by_their_labels(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from django.contrib.contenttypes.models import ContentType\n"
                    "from django.db.models import Q\n"
                    "from django.shortcuts import get_object_or_404\n"
                    "\n"
                    'ContentType.objects.get(app_label="billing", model="invoice")\n'
                    'ContentType.objects.get_by_natural_key("billing", "payment")\n'
                    'ContentType.objects.filter(app_label="billing")\n'
                    'get_object_or_404(ContentType, app_label="billing", model="invoice")\n'
                    'Q(app_label="billing", model__in=["invoice", "payment"])\n'
                    'ContentType.objects.get(model="payment")\n'
                )
            },
        )

        found = report(model_lookups, world)

        assert found == [
            "shop/orders/tasks.py:5 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:6 model-lookup -> shop.billing.models.Payment",
            "shop/orders/tasks.py:7 model-lookup -> shop.billing",
            "shop/orders/tasks.py:8 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:9 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:9 model-lookup -> shop.billing.models.Payment",
            "shop/orders/tasks.py:10 model-lookup -> shop.billing.models.Payment",
        ]

    def test_are_not_what_only_has_the_same_fields(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from shop.orders.models import Order\n"
                    "\n"
                    'Order.objects.filter(app_label="billing")\n'
                    'Order.objects.get(model="invoice")\n'
                    'Order.objects.get_by_natural_key("billing", "invoice")\n'
                )
            },
        )

        assert report(model_lookups, world) == []

    def test_that_are_told_while_running_are_listed(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from django.contrib.contenttypes.models import ContentType\n"
                    "\n"
                    "\n"
                    "def kind(app, model):\n"
                    '    ContentType.objects.get(model="order")\n'
                    "    return ContentType.objects.get(app_label=app, model=model)\n"
                )
            },
            models=(
                *DJANGOS,
                StartedModel(label="orders.Order", symbol="a.Order", app="orders", table="a"),
                StartedModel(label="billing.Order", symbol="b.Order", app="billing", table="b"),
            ),
        )

        found = report(model_lookups, world)

        assert found == [
            "shop/orders/tasks.py:5 model-lookup ? order: Models of several apps fit it.",
            "shop/orders/tasks.py:6 model-lookup ? get: The label is put together while it runs.",
        ]


class TestPermissions:
    def test_are_found_wherever_they_stand(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from django.contrib.auth.decorators import permission_required\n"
                    "from django.contrib.auth.models import Permission\n"
                    "\n"
                    "\n"
                    '@permission_required("billing.view_invoice")\n'
                    "def show(request):\n"
                    '    request.user.has_perm("billing.settle_invoice")\n'
                    '    request.user.has_perms(["billing.do_anything"])\n'
                    '    request.user.has_module_perms("billing")\n'
                    '    Permission.objects.get(codename="settle_payment")\n'
                    "    Permission.objects.get(\n"
                    '        content_type__app_label="billing", codename="add_invoice"\n'
                    "    )\n"
                    "\n"
                    "\n"
                    "class View:\n"
                    '    permission_required = ("orders.view_order", "billing.add_payment")\n'
                ),
                "shop/orders/templates/orders/order.html": (
                    "<p>\n{% if perms.billing.view_invoice or perms.orders.view_order %}</p>"
                ),
            },
        )

        found = report(model_lookups, world)

        assert found == [
            "shop/orders/tasks.py:5 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:7 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:8 model-lookup -> shop.billing",
            "shop/orders/tasks.py:9 model-lookup -> shop.billing",
            "shop/orders/tasks.py:10 model-lookup -> shop.billing.models.Payment",
            "shop/orders/tasks.py:11 model-lookup -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:17 model-lookup -> shop.billing.models.Payment",
            "shop/orders/templates/orders/order.html:2 model-lookup -> shop.billing.models.Invoice",
        ]

    def test_are_not_every_text_with_a_dot(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    'NAMES = ("billing.viewed_invoice", "billing.view_receipt")\n'
                    'OTHERS = ("order.view_order", "orders.view_order")\n'
                    'PATH = "billing.invoices.csv"\n'
                )
            },
        )

        assert report(model_lookups, world) == []
