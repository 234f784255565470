from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from bulkhead.crossings.sources.fixtures import fixtures
from tests.toolkit.crossings.sources.planted import report
from tests.toolkit.crossings.sources.trade import trade

FOLDER = "shop/billing/fixtures"
ORDER = "shop.orders.models.Order"

WRITTEN = {
    "json": (
        '[\n  {"model": "billing.invoice", "pk": 1, "fields": {}},\n'
        '  {"model": "orders.order", "pk": 1, "fields": {"number": "7"}},\n'
        '  {"model": "orders.order", "pk": 2, "fields": {}}\n]\n'
    ),
    "jsonl": (
        '{"model": "billing.invoice", "pk": 1, "fields": {}}\n\n'
        '{"pk": 1, "model": "orders.Order", "fields": {}}\n'
    ),
    "yaml": (
        "- model: billing.invoice\n  pk: 1\n- model: 'orders.order'  # one\n  pk: 1\n"
        "- fields: {number: 7}\n  model: orders.order\n"
    ),
    "xml": (
        '<django-objects version="1.0">\n<object model="billing.invoice" pk="1"/>\n'
        '  <object pk="1" model="orders.order"></object>\n</django-objects>\n'
    ),
}


class TestFixtures:
    @pytest.mark.parametrize("ending", sorted(WRITTEN))
    def test_lead_to_each_model_that_has_rows_once_a_file(
        self, ending: str, tmp_path: Path
    ) -> None:
        world = trade(tmp_path, {f"{FOLDER}/demo/first.{ending}": WRITTEN[ending]})

        found = report(fixtures, world)

        assert found == [f"{FOLDER}/demo/first.{ending}:3 fixture -> {ORDER}"]

    def test_are_not_other_files_or_rows_of_the_app_and_of_packages(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {
                f"{FOLDER}/own.json": (
                    '[{"model": "billing.invoice", "fields": {"note": {"model": "orders.order"}}},'
                    ' {"model": "auth.permission"}]'
                ),
                f"{FOLDER}/answer.json": '{"model": "orders.order"}',
                f"{FOLDER}/notes.txt": '[{"model": "orders.order"}]',
                "shop/billing/data/rows.json": '[{"model": "orders.order"}]',
            },
        )

        found = report(fixtures, world)

        assert found == []

    def test_that_cannot_be_read_are_unresolved(self, tmp_path: Path) -> None:
        world = trade(
            tmp_path,
            {f"{FOLDER}/broken.json": "[{", f"{FOLDER}/flow.yaml": "[{model: orders.order}]\n"},
        )
        (tmp_path / FOLDER / "packed.json.gz").write_bytes(gzip.compress(b"[]"))
        (tmp_path / FOLDER / "latin.json").write_bytes(b'["\xe4"]')

        found = report(fixtures, world)

        assert found == [
            f"{FOLDER}/broken.json:1 fixture ? broken.json: it is no JSON: Expecting property name "
            f"enclosed in double quotes: line 1 column 3 (char 2)",
            f"{FOLDER}/flow.yaml:1 fixture ? flow.yaml: its YAML is not laid out as dumpdata does",
            f"{FOLDER}/latin.json:1 fixture ? latin.json: it is not UTF-8",
            f"{FOLDER}/packed.json.gz:1 fixture ? packed.json.gz: it is compressed",
        ]
