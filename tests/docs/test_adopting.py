"""An app of a grown project becomes a component, and can go back, as the how-to says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.toolkit.projects import ThrowAwayProject, throw_away_project

pytestmark = pytest.mark.own_databases

MODELS = """
from django.conf import settings

class Order(models.Model):
    customer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT)
"""
VIEWS = """
from django.db import transaction
from orders.models import Order

@transaction.atomic
def list_orders(request):
    return list(Order.objects.all())
"""
CONFIG = """
from bulkhead.components import ComponentConfig

class OrdersConfig(ComponentConfig):
    name = "orders"
"""
PLAIN_CONFIG = """
from django.apps import AppConfig

class OrdersConfig(AppConfig):
    name = "orders"
"""
PRICING = "orders/pricing.py: (bulkhead.E002) The module orders.pricing belongs to no layer"
ROUTER = "orders: (bulkhead.E061) orders has an api, but no router: orders.api.routes does not"
USER = "orders.Order.customer: (bulkhead.W020) The foreign key leads from orders.Order"
ATOMIC = "orders/views.py:5: (bulkhead.W022) Django's atomic without `using` means the database"


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ThrowAwayProject]:
    """Yield a project whose app `orders` has rows in `default`, and is a component since now."""
    with throw_away_project(tmp_path) as project:
        project.add_app("orders", models=MODELS)
        project.write("orders/views.py", VIEWS)
        project.done("makemigrations")
        project.done("migrate")
        project.write("orders/apps.py", CONFIG)
        yield project


class TestAdopting:
    def test_leaves_migrations_and_tables_as_they_are(self, project: ThrowAwayProject) -> None:
        changes = project.done("makemigrations", "--check")
        migrated = project.done("migrate")

        assert changes.output == "No changes detected\n"
        assert "No migrations to apply." in migrated.output

    def test_only_warns_of_what_works_in_default(self, project: ThrowAwayProject) -> None:
        run = project.done("check", "--database", "default")

        assert USER in run.errors
        assert ATOMIC in run.errors
        assert run.errors.count("(bulkhead.") == 2

    def test_reports_what_has_no_place(self, project: ThrowAwayProject) -> None:
        project.write("orders/pricing.py")
        project.write("orders/api/__init__.py")

        run = project.manage("check")

        assert run.status == 1
        assert PRICING in run.errors
        assert ROUTER in run.errors

    def test_goes_on_with_the_ways_out(self, project: ThrowAwayProject) -> None:
        project.write("orders/service/pricing.py")
        project.write("orders/service/__init__.py")
        project.write("orders/api/__init__.py", "import rest_framework")
        project.write("orders/apps.py", f"{CONFIG}    mounts_api = False\n")

        run = project.done("check")

        assert run.errors.count("(bulkhead.") == 2

    def test_goes_back_by_the_config_alone(self, project: ThrowAwayProject) -> None:
        project.write("orders/apps.py", PLAIN_CONFIG)

        changes = project.done("makemigrations", "--check")
        checked = project.done("check")

        assert changes.output == "No changes detected\n"
        assert checked.errors == ""
