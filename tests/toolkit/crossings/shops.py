"""A small project on disk, of two apps as they are, that a test checks."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Mapping
from datetime import date
from io import BytesIO
from pathlib import Path

from bulkhead.crossings.checking import CheckedProject
from bulkhead.crossings.command import Answer, add_arguments, answer
from bulkhead.crossings.description import (
    ComponentDescription,
    ProjectDescription,
    SourceRoot,
)
from bulkhead.crossings.started import StartedApp, StartedField, StartedModel, StartedProject

TODAY = date(2026, 6, 1)

ITEMS = "class Item:\n    pass\n"
VIEWS = "import json\n\nfrom shop.stock.models import Item\n"


def build_shop(folder: Path, *, seals: tuple[str, ...] = ()) -> CheckedProject:
    """Write the shop, in which `orders` imports a model of `stock`; `seals` are those of both."""
    for name, text in {
        "shop/__init__.py": "",
        "shop/orders/__init__.py": "",
        "shop/orders/views.py": VIEWS,
        "shop/stock/__init__.py": "",
        "shop/stock/models.py": ITEMS,
        "notes/plan.txt": "nothing",
    }.items():
        write(folder, name, text)
    return CheckedProject(
        folder=folder,
        description=ProjectDescription(
            components=tuple(
                ComponentDescription(
                    label=label, packages=(f"shop.{label}",), layered=False, seals=seals
                )
                for label in ("orders", "stock")
            ),
            roots=(SourceRoot(package="shop", folder=folder / "shop"),),
        ),
        started=started(folder),
        ledger=Path("crossings"),
    )


def started(folder: Path) -> StartedProject:
    """Return the shop as Django would have started it."""
    return StartedProject(
        settings_module="shop.settings",
        django="5.2",
        python="3.11",
        user_model="auth.User",
        apps=tuple(
            StartedApp(label=label, package=f"shop.{label}", path=str(folder / "shop" / label))
            for label in ("orders", "stock")
        ),
        models=(
            StartedModel(
                label="stock.Item",
                symbol="shop.stock.models.Item",
                app="stock",
                table="stock_item",
                fields=(StartedField(name="id", attname="id", type="django.db.models.AutoField"),),
            ),
        ),
    )


def write(folder: Path, name: str, text: str) -> Path:
    """Write a file of the shop."""
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def asked(
    project: CheckedProject,
    *arguments: str,
    stdin: bytes = b"",
    environ: Mapping[str, str] | None = None,
) -> Answer:
    """Return the answer to a command line."""
    parser = ArgumentParser()
    add_arguments(parser)
    options = vars(parser.parse_args(arguments))
    given = environ or {}
    return answer(project, options, stdin=BytesIO(stdin), environ=given, today=TODAY)
