from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.migrations import migrations
from tests.toolkit.crossings.sources.planted import report
from tests.toolkit.crossings.sources.trade import trade

FIRST = "shop/billing/migrations/0001_initial.py"


class TestMigrations:
    def test_lead_to_what_they_wait_for_and_to_the_models_that_they_take(
        self, tmp_path: Path
    ) -> None:
        world = trade(
            tmp_path,
            {
                "shop/orders/migrations/0002_lines.py": "",
                FIRST: (
                    "from django.conf import settings\n"
                    "from django.db import migrations, models\n"
                    "\n"
                    "\n"
                    "def fill(apps, schema_editor):\n"
                    '    Order = apps.get_model("orders", "Order")\n'
                    '    User = apps.get_model("accounts.user")\n'
                    '    Gone = apps.get_model(app_label="orders", model_name="Gone")\n'
                    "\n"
                    "\n"
                    "class Migration(migrations.Migration):\n"
                    "    dependencies = [\n"
                    '        ("orders", "0002_lines"),\n'
                    "        migrations.swappable_dependency(settings.AUTH_USER_MODEL),\n"
                    "    ]\n"
                    '    run_before = [("accounts", "__first__")]\n'
                    "    operations = [\n"
                    "        migrations.CreateModel(\n"
                    '            name="Invoice",\n'
                    "            fields=[\n"
                    '                ("order", models.ForeignKey(to="orders.order")),\n'
                    '                ("user", models.ForeignKey(settings.AUTH_USER_MODEL)),\n'
                    '                ("shares", models.ManyToManyField(\n'
                    '                    to="billing.share", through="orders.line")),\n'
                    "            ],\n"
                    '            bases=("orders.order",),\n'
                    "        ),\n"
                    "        migrations.RunPython(fill),\n"
                    "    ]\n"
                ),
            },
        )

        found = report(migrations, world)

        assert found == [
            f"{FIRST}:6 migration -> shop.orders.models.Order",
            f"{FIRST}:7 migration -> shop.accounts.models.User",
            f"{FIRST}:8 migration -> shop.orders.models.Gone",
            f"{FIRST}:12 migration -> shop.accounts.models.User",
            f"{FIRST}:12 migration -> shop.orders.migrations.0002_lines",
            f"{FIRST}:16 migration -> shop.accounts.migrations.__first__",
            f"{FIRST}:18 migration -> shop.orders.models.Order",
            f"{FIRST}:21 migration -> shop.orders.models.Order",
            f"{FIRST}:22 migration -> shop.accounts.models.User",
            f"{FIRST}:23 migration -> shop.orders.models.Line",
        ]

    def test_of_a_component_stand_in_its_database_layer(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                "shop/orders/db/migrations/0001_initial.py": "",
                FIRST: 'class Migration:\n    dependencies = [("orders", "0001_initial")]\n',
            },
        )

        found = report(migrations, world)

        assert found == [f"{FIRST}:2 migration -> shop.orders.db.migrations.0001_initial"]

    def test_are_not_what_stays_in_the_app_or_leads_to_a_package(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                FIRST: (
                    "def fill(apps, schema_editor):\n"
                    '    apps.get_model("billing", "Invoice")\n'
                    '    apps.get_model("sites", "Site")\n'
                    '    apps.get_model("billing", chosen())\n'
                    "class Waits:\n"
                    '    dependencies = [("orders", "0001_initial")]\n'
                    "class Migration:\n"
                    '    dependencies = [("billing", "0000"), ("contenttypes", "0001_initial")]\n'
                    '    replaces = [("orders", "0001_initial")]\n'
                ),
                "shop/billing/tasks.py": 'Order = apps.get_model("orders", "Order")\n',
                "shop/billing/history.py": (
                    'class Migration:\n    dependencies = [("orders", "0001_initial")]\n'
                ),
            },
        )

        found = report(migrations, world)

        assert found == []

    def test_that_name_a_model_while_they_run_are_unresolved(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                FIRST: (
                    "def fill(apps, schema_editor):\n"
                    "    apps.get_model(label())\n"
                    '    apps.get_model("orders", name())\n'
                    "class Migration:\n"
                    "    dependencies = waits_for()\n"
                    "    run_before = [chosen()]\n"
                ),
            },
        )

        found = report(migrations, world)

        assert found == [
            f"{FIRST}:2 migration ? get_model(…): the model is named when it runs",
            f"{FIRST}:3 migration ? get_model('orders', …): the model is named when it runs",
            f"{FIRST}:5 migration ? dependencies: put together when it runs",
            f"{FIRST}:6 migration ? dependencies: put together when it runs",
        ]
