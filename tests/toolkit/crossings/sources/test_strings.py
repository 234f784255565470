from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.strings import strings
from tests.toolkit.crossings.sources.planted import plant, report

TASKS = "shop/orders/tasks.py"
BILLING = "shop/billing/tasks.py"


class TestPaths:
    def test_lead_to_where_the_name_is_defined(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from django.utils.module_loading import import_string\n"
                    "from django.utils.module_loading import import_string as load\n"
                    "\n"
                    'import_string("shop.billing.models.Invoice")\n'
                    'load("shop.billing." + "api.Invoice")\n'
                    'HOOKS = {"paid": "shop.billing.models.Invoice.pay"}\n'
                    'MODULE = "shop.billing.api"\n'
                )
            },
        )

        found = report(strings, world)

        assert found == [
            "shop/orders/tasks.py:4 string -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:5 string -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:6 string -> shop.billing.models.Invoice.pay",
            "shop/orders/tasks.py:7 string -> shop.billing.api",
        ]

    def test_are_not_what_only_reads_like_one(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    '"""Reads shop.billing.models."""\n'
                    "import logging\n"
                    "\n"
                    'LOG = logging.getLogger("shop.billing.models")\n'
                    'NAMES = ("shop.billing.models.Receipt", "billing.models")\n'
                    'OWN = "shop.orders.models"\n'
                    'FILE = "shop/billing/models.py"\n'
                )
            },
        )

        assert report(strings, world) == []

    def test_of_imports_are_told_by_those(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from importlib import import_module\n"
                    "\n"
                    'import_module("shop.billing.models")\n'
                    '__import__("shop.billing.models")\n'
                )
            },
        )

        assert report(strings, world) == []

    def test_that_are_put_together_while_running_are_listed(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/consts.py": 'PATH = "shop.billing.models.Payment"\n',
                TASKS: (
                    "from importlib import import_module\n"
                    "from django.utils.module_loading import import_string\n"
                    "from shop import consts\n"
                    "\n"
                    "\n"
                    "def load(name):\n"
                    '    import_module(f"shop.{name}")\n'
                    "    import_string(name)\n"
                    "    import_string(consts.PATH)\n"
                    '    import_string("shop.billing.models.Receipt")\n'
                ),
            },
        )

        found = report(strings, world)

        assert found == [
            "shop/consts.py:1 string -> shop.billing.models.Payment",
            "shop/orders/tasks.py:7 string ? import_module: It is put together while it runs.",
            "shop/orders/tasks.py:8 string ? import_string: It is put together while it runs.",
            "shop/orders/tasks.py:9 string -> shop.billing.models.Payment",
            "shop/orders/tasks.py:10 string ? shop.billing.models.Receipt: "
            "shop.billing.models has no such name that can be read.",
        ]


class TestPatches:
    def test_lead_to_the_name_that_they_replace(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                BILLING: (
                    "from django.core.mail import send_mail\nfrom shop.orders.models import Order\n"
                ),
                "shop/orders/test_tasks.py": (
                    "from unittest import mock\n"
                    "from unittest.mock import patch\n"
                    "\n"
                    '@patch("shop.billing.tasks.send_mail")\n'
                    '@mock.patch("shop.billing.tasks.Order")\n'
                    '@mock.patch("shop.billing.api.Invoice.pay")\n'
                    "def test_it(*mocks, client):\n"
                    '    with patch("shop.orders.models.Order"), patch("shop.billing.x.y"):\n'
                    '        client.patch("shop.billing")\n'
                    "    with mock.patch(client.path):\n"
                    "        pass\n"
                ),
            },
        )

        found = report(strings, world)

        assert found == [
            "shop/orders/test_tasks.py:4 string -> shop.billing.tasks.send_mail",
            "shop/orders/test_tasks.py:5 string -> shop.billing.tasks.Order",
            "shop/orders/test_tasks.py:6 string -> shop.billing.models.Invoice.pay",
            "shop/orders/test_tasks.py:8 string ? shop.billing.x.y: "
            "shop.billing has no such name that can be read.",
            "shop/orders/test_tasks.py:9 string -> shop.billing",
            "shop/orders/test_tasks.py:10 string ? patch: It is put together while it runs.",
        ]


class TestTasks:
    def test_are_found_by_the_name_that_they_are_given(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                BILLING: (
                    "from celery import shared_task\n"
                    "\n"
                    "\n"
                    '@shared_task(name="remind")\n'
                    "def remind_debtors(): ...\n"
                    "\n"
                    "\n"
                    "@shared_task\n"
                    "def settle(): ...\n"
                ),
                TASKS: (
                    "def run(app, name):\n"
                    '    app.send_task("remind")\n'
                    '    app.send_task("shop.billing.tasks.settle")\n'
                    '    app.send_task("forget")\n'
                    "    app.send_task(name)\n"
                    '    return "remind"\n'
                ),
            },
        )

        found = report(strings, world)

        assert found == [
            "shop/orders/tasks.py:2 string -> shop.billing.tasks.remind_debtors",
            "shop/orders/tasks.py:3 string -> shop.billing.tasks.settle",
            "shop/orders/tasks.py:5 string ? send_task: It is put together while it runs.",
        ]


class TestClassesByLabel:
    def test_are_found_in_the_app_of_the_label(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                TASKS: (
                    "from oscar.core.loading import get_class, get_classes\n"
                    "\n"
                    'get_class("billing.api", "Invoice")\n'
                    'get_classes("billing.models", ["Invoice", "Payment"])\n'
                    'get_class("orders.models", "Order")\n'
                    'get_class("first.aid", "Kit")\n'
                ),
            },
        )

        found = report(strings, world)

        assert found == [
            "shop/orders/tasks.py:3 string -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:4 string -> shop.billing.models.Invoice",
            "shop/orders/tasks.py:4 string -> shop.billing.models.Payment",
            "shop/orders/tasks.py:6 string ? first.aid.Kit: No installed app has such a name.",
        ]


class TestSettings:
    def test_lead_to_what_they_name(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {"shop/settings.py": 'HOOK = "shop.billing.api.Invoice"\nMORE = hooks()\n'},
            settings_paths=(
                ("HOOK", "shop.billing.api.Invoice"),
                ("LOGGER", "django.utils.log"),
                ("MORE", "shop.billing.models.Payment"),
            ),
        )

        found = report(strings, world)

        assert found == [
            "shop/settings.py:1 string -> shop.billing.models.Invoice",
            "shop/settings.py:2 string -> shop.billing.models.Payment",
        ]

    def test_are_told_once_where_they_are_imported_by(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/settings.py": 'HOOK = "shop.billing.api.Invoice"\n',
                TASKS: (
                    "from django.conf import settings\n"
                    "from django.utils.module_loading import import_string\n"
                    "\n"
                    "import_string(settings.HOOK)\n"
                    "import_string(settings.OTHER)\n"
                ),
            },
            settings_paths=(("HOOK", "shop.billing.api.Invoice"),),
        )

        found = report(strings, world)

        assert found == [
            "shop/orders/tasks.py:5 string ? import_string: It is put together while it runs.",
            "shop/settings.py:1 string -> shop.billing.models.Invoice",
        ]
