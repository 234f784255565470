from __future__ import annotations

from pathlib import Path

import pytest

from bulkhead.crossings.sources.raw_sql import raw_sql
from bulkhead.crossings.sources.sql import tables_in
from tests.toolkit.crossings.sources.planted import plant, report

QUERIES = "shop/orders/queries.py"


class TestTablesIn:
    @pytest.mark.parametrize(
        ("sql", "tables"),
        [
            ("SELECT * FROM a JOIN public.b ON a.id = b.a WHERE a.x IN %s", {"a", "b"}),
            ("select 1 from A where x = %(x)s", {"a"}),
            ("INSERT INTO a (x) SELECT x FROM b", {"a", "b"}),
            ("UPDATE a SET x = b.x FROM b WHERE a.id = b.id", {"a", "b"}),
            ("ALTER TABLE a ADD COLUMN x int; DROP TABLE b", {"a", "b"}),
            ("WITH b AS (SELECT 1 FROM a) SELECT * FROM b", {"a"}),
            ("ALTER TABLE a RENAME CONSTRAINT x TO y", {"a"}),
            ("PRAGMA foreign_keys = ON", set()),
            ("a.x = 3 AND y = 1", {"a"}),
        ],
    )
    def test_reads_both_dialects(self, sql: str, tables: set[str]) -> None:
        assert tables_in(sql) == tables

    @pytest.mark.parametrize("sql", ["SELECT FROM WHERE (", "DO $$ BEGIN DELETE FROM a; END $$"])
    def test_tells_what_it_cannot_read(self, sql: str) -> None:
        assert tables_in(sql) is None


class TestStatements:
    def test_lead_to_the_models_of_their_tables(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                "shop/orders/migrations/__init__.py": "",
                "shop/orders/migrations/0002_fill.py": (
                    "from django.db import migrations\n"
                    "\n"
                    "operations = [\n"
                    "    migrations.RunSQL(\n"
                    '        ["DELETE FROM orders_order", ("DELETE FROM billing_payment", 1)],\n'
                    '        reverse_sql="DELETE FROM billing_invoice",\n'
                    "    )\n"
                    "]\n"
                ),
                QUERIES: (
                    "from django.db import connection\n"
                    "from django.db.models.expressions import RawSQL\n"
                    "from shop.orders.models import Order\n"
                    "\n"
                    'TABLE = "billing_invoice"\n'
                    'Order.objects.raw("SELECT * FROM orders_order, " + "billing_invoice")\n'
                    'RawSQL("(SELECT 1 FROM billing_payment)", ())\n'
                    'rows = Order.objects.extra(tables=["billing_payment"])\n'
                    'rows.extra(where=["billing_invoice.paid = 1"])\n'
                    'Order.objects.extra({"n": "SELECT 1 FROM billing_payment"})\n'
                    "with connection.cursor() as cursor:\n"
                    '    cursor.execute(f"SELECT * FROM {TABLE}")\n'
                ),
            },
        )

        found = report(raw_sql, world)

        assert found == [
            "shop/orders/migrations/0002_fill.py:4 raw-sql -> shop.billing.models.Invoice",
            "shop/orders/migrations/0002_fill.py:4 raw-sql -> shop.billing.models.Payment",
            "shop/orders/queries.py:6 raw-sql -> shop.billing.models.Invoice",
            "shop/orders/queries.py:7 raw-sql -> shop.billing.models.Payment",
            "shop/orders/queries.py:8 raw-sql -> shop.billing.models.Payment",
            "shop/orders/queries.py:9 raw-sql -> shop.billing.models.Invoice",
            "shop/orders/queries.py:10 raw-sql -> shop.billing.models.Payment",
            "shop/orders/queries.py:12 raw-sql -> shop.billing.models.Invoice",
        ]

    def test_are_not_own_tables_texts_or_other_languages(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                QUERIES: (
                    "from django.db import connection, migrations\n"
                    "\n"
                    "\n"
                    "def run(job, name):\n"
                    '    job.execute("{ billing_invoice { id } } ((")\n'
                    "    job.execute(name)\n"
                    "    migrations.RunSQL(migrations.RunSQL.noop)\n"
                    "    cursor = connection.cursor()\n"
                    "    cursor.execute(\"SELECT 'billing_invoice' FROM orders_order\")\n"
                    '    return "SELECT * FROM billing_invoice"\n'
                )
            },
        )

        assert report(raw_sql, world) == []

    def test_that_cannot_be_read_are_listed(self, tmp_path: Path) -> None:
        world = plant(
            tmp_path,
            {
                QUERIES: (
                    "from django.db import connection, migrations\n"
                    "\n"
                    "\n"
                    "def run(table):\n"
                    "    with connection.cursor() as cursor:\n"
                    '        cursor.execute(f"SELECT * FROM {table}")\n'
                    '        cursor.execute("VACUUM billing_invoice")\n'
                    '        cursor.execute("VACUUM orders_order")\n'
                    "    migrations.RunSQL(table)\n"
                )
            },
        )

        found = report(raw_sql, world)

        assert found == [
            "shop/orders/queries.py:6 raw-sql ? execute: The SQL is put together while it runs.",
            "shop/orders/queries.py:7 raw-sql ? billing_invoice: "
            "The SQL can't be read as that of PostgreSQL or SQLite.",
            "shop/orders/queries.py:9 raw-sql ? RunSQL: The SQL is put together while it runs.",
        ]
