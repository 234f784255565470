from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.signals import signals
from tests.toolkit.crossings.sources.planted import plant, report

SIGNALS = {"shop/billing/signals.py": "from django.dispatch import Signal\n\npaid = Signal()\n"}
RECEIVERS = "shop/orders/receivers.py"


class TestReceivers:
    def test_lead_to_the_signal_and_to_the_sender(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                **SIGNALS,
                RECEIVERS: (
                    "from django.conf import settings\n"
                    "from django.db.models.signals import post_delete, post_save\n"
                    "from django.dispatch import receiver\n"
                    "from shop.billing import signals\n"
                    "from shop.billing.api import Invoice\n"
                    "from shop.billing.signals import paid as settled\n"
                    "\n"
                    "\n"
                    "@receiver(settled)\n"
                    "def on_paid(**kwargs): ...\n"
                    "\n"
                    "\n"
                    "@receiver([post_save, post_delete], sender=Invoice)\n"
                    "def on_invoice(**kwargs): ...\n"
                    "\n"
                    "\n"
                    "signals.paid.connect(on_paid, sender=Invoice)\n"
                    'post_save.connect(on_invoice, sender="billing.Payment")\n'
                    "post_save.connect(on_invoice, settings.AUTH_USER_MODEL)\n"
                    "post_save.disconnect(on_invoice, sender=Invoice.lines.through)\n"
                ),
            },
        )

        found = report(signals, world)

        assert found == [
            f"{RECEIVERS}:9 signal -> shop.billing.signals.paid",
            f"{RECEIVERS}:13 signal -> shop.billing.models.Invoice",
            f"{RECEIVERS}:17 signal -> shop.billing.models.Invoice",
            f"{RECEIVERS}:17 signal -> shop.billing.signals.paid",
            f"{RECEIVERS}:18 signal -> shop.billing.models.Payment",
            f"{RECEIVERS}:19 signal -> shop.accounts.models.User",
            f"{RECEIVERS}:20 signal -> shop.billing.models.Invoice",
        ]

    def test_are_found_behind_a_loader_of_classes(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                **SIGNALS,
                RECEIVERS: (
                    "from django.dispatch import receiver\n"
                    "from oscar.core.loading import get_class\n"
                    "\n"
                    'settled = get_class("billing.signals", "paid")\n'
                    "\n"
                    "\n"
                    "@receiver(settled)\n"
                    "def on_paid(**kwargs): ...\n"
                ),
            },
        )

        found = report(signals, world)

        assert found == [f"{RECEIVERS}:7 signal -> shop.billing.signals.paid"]

    def test_are_not_what_only_connects(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/billing/mail.py": "class Server: ...\n\n\nserver = Server()\n",
                RECEIVERS: (
                    "import sqlite3\n"
                    "from django.db.models.signals import post_save\n"
                    "from shop.billing.mail import server\n"
                    "from shop.orders.models import Order\n"
                    "\n"
                    'sqlite3.connect("billing.Invoice")\n'
                    'server.connect("host", sender="billing.Invoice")\n'
                    "post_save.connect(print, sender=Order)\n"
                ),
            },
        )

        assert report(signals, world) == []

    def test_that_cannot_be_told_are_listed(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                RECEIVERS: (
                    "from django.db.models.signals import post_migrate, post_save\n"
                    "from django.dispatch import receiver\n"
                    "\n"
                    "\n"
                    "def connect(model):\n"
                    "    post_save.connect(print)\n"
                    "    post_save.connect(print, sender=model)\n"
                    "    post_migrate.connect(print)\n"
                    "    post_save.disconnect(print)\n"
                    "    receiver(model.signal)(print)\n"
                )
            },
        )

        found = report(signals, world)

        assert found == [
            f"{RECEIVERS}:6 signal ? post_save: It receives this of every model.",
            f"{RECEIVERS}:7 signal ? connect: The sender is told while it runs.",
            f"{RECEIVERS}:10 signal ? receiver: The signal is told while it runs.",
        ]
