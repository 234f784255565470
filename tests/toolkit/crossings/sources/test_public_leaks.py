from __future__ import annotations

from pathlib import Path

from bulkhead.crossings.sources.public_leaks import public_leaks
from tests.toolkit.crossings.sources.planted import plant, report

PUBLIC = "shop/billing/public.py"


class TestSignatures:
    def test_that_hand_out_more_than_plain_data_are_found(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/billing/managers.py": (
                    "from django.db import models\n\n\nclass Invoices(models.QuerySet): ...\n"
                ),
                PUBLIC: (
                    "from dataclasses import dataclass\n"
                    "from typing import Any\n"
                    "from django.db.models import QuerySet\n"
                    "from django.http import HttpRequest\n"
                    "from shop.billing.api import Invoice as Bill\n"
                    "from shop.billing.managers import Invoices\n"
                    "\n"
                    "\n"
                    "def get(*, number: str) -> Bill | None: ...\n"
                    'def several() -> "list[Bill]": ...\n'
                    "def overdue() -> QuerySet[Bill]: ...\n"
                    "def some() -> QuerySet: ...\n"
                    "def others() -> Invoices: ...\n"
                    "def pay(request: HttpRequest, invoice: Bill) -> None: ...\n"
                    "def export() -> dict[str, Any]: ...\n"
                    "def open(): return Bill.objects.filter(open=True)\n"
                    "def new(): return Bill()\n"
                    "\n"
                    "\n"
                    "@dataclass\n"
                    "class Info:\n"
                    "    number: str\n"
                    "    row: Bill\n"
                ),
            },
            components=("billing",),
        )

        found = report(public_leaks, world)

        assert found == [
            f"{PUBLIC}:9 public-leak -> shop.billing.models.Invoice",
            f"{PUBLIC}:10 public-leak -> shop.billing.models.Invoice",
            f"{PUBLIC}:11 public-leak -> shop.billing.models.Invoice",
            f"{PUBLIC}:12 public-leak -> django.db.models.query.QuerySet",
            f"{PUBLIC}:13 public-leak -> django.db.models.query.QuerySet",
            f"{PUBLIC}:14 public-leak -> django.http.request.HttpRequest",
            f"{PUBLIC}:14 public-leak -> shop.billing.models.Invoice",
            f"{PUBLIC}:15 public-leak -> typing.Any",
            f"{PUBLIC}:16 public-leak -> shop.billing.models.Invoice",
            f"{PUBLIC}:17 public-leak -> shop.billing.models.Invoice",
            f"{PUBLIC}:23 public-leak -> shop.billing.models.Invoice",
        ]

    def test_of_plain_data_and_of_private_functions_are_none(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/billing/service.py": (
                    "from shop.billing.models import Invoice\n\n\ndef get() -> Invoice: ...\n"
                ),
                PUBLIC: (
                    "from dataclasses import dataclass\n"
                    "from shop.billing.models import Invoice\n"
                    "\n"
                    "\n"
                    "@dataclass(frozen=True)\n"
                    "class Info:\n"
                    "    number: str\n"
                    "\n"
                    "\n"
                    "def get(number: str) -> Info | None: ...\n"
                    "def count(): return Invoice.objects.count()\n"
                    "def _row(number: str) -> Invoice: ...\n"
                ),
            },
            components=("billing",),
        )

        assert report(public_leaks, world) == []


class TestReExports:
    def test_of_models_and_of_functions_that_return_them_are_found(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/billing/service.py": (
                    "from shop.billing.models import Invoice\n"
                    "\n"
                    "\n"
                    "def get() -> Invoice: ...\n"
                    "def count() -> int: ...\n"
                ),
                "shop/billing/public/__init__.py": (
                    "from shop.billing.api import Invoice\n"
                    "from shop.billing.service import count, get\n"
                ),
            },
            components=("billing",),
        )

        found = report(public_leaks, world)

        assert found == [
            "shop/billing/public/__init__.py:1 public-leak -> shop.billing.models.Invoice",
            "shop/billing/public/__init__.py:2 public-leak -> shop.billing.models.Invoice",
        ]

    def test_are_what_all_lists(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                PUBLIC: (
                    "from shop.billing.models import Invoice, Payment\n"
                    "\n"
                    '__all__ = ["Payment", "count"]\n'
                    "\n"
                    "\n"
                    "def count(): return Invoice.objects.count()\n"
                ),
            },
            components=("billing",),
        )

        found = report(public_leaks, world)

        assert found == [f"{PUBLIC}:1 public-leak -> shop.billing.models.Payment"]


class TestSchemas:
    def test_of_other_models_are_found(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/serializers.py": (
                    "from rest_framework import serializers\n"
                    "\n"
                    "\n"
                    "class Own(serializers.ModelSerializer): ...\n"
                ),
                "shop/orders/serializers.py": (
                    "from ninja import ModelSchema\n"
                    "from ninja.orm import create_schema\n"
                    "from shop.billing import models\n"
                    "from shop.billing.api import Invoice\n"
                    "from shop.serializers import Own\n"
                    "\n"
                    "\n"
                    "class A(Own):\n"
                    "    class Meta:\n"
                    "        model = Invoice\n"
                    "\n"
                    "\n"
                    "class B(ModelSchema):\n"
                    "    class Meta:\n"
                    "        model = models.Payment\n"
                    "\n"
                    "\n"
                    "C = create_schema(Invoice)\n"
                ),
            },
        )

        found = report(public_leaks, world)

        assert found == [
            "shop/orders/serializers.py:10 public-leak -> shop.billing.models.Invoice",
            "shop/orders/serializers.py:15 public-leak -> shop.billing.models.Payment",
            "shop/orders/serializers.py:18 public-leak -> shop.billing.models.Invoice",
        ]

    def test_of_own_models_and_forms_are_none(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/orders/forms.py": (
                    "from django import forms\n"
                    "from rest_framework.serializers import ModelSerializer\n"
                    "from shop.billing.models import Invoice\n"
                    "from shop.orders.models import Order\n"
                    "\n"
                    "\n"
                    "class A(forms.ModelForm):\n"
                    "    class Meta:\n"
                    "        model = Invoice\n"
                    "\n"
                    "\n"
                    "class B(ModelSerializer):\n"
                    "    class Meta:\n"
                    "        model = Order\n"
                    "\n"
                    "\n"
                    "class PlainSerializer:\n"
                    "    class Meta:\n"
                    "        model = Invoice\n"
                ),
            },
        )

        assert report(public_leaks, world) == []
