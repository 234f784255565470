"""A component in a folder of its own, whose `public/` a test writes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import invalidate_caches
from pathlib import Path
from textwrap import dedent

from django.core.checks import CheckMessage
from django.test import override_settings

from bulkhead.checks.public import check_public

DOMAIN = """
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum

class OrderClosedError(Exception):
    pass

class Status(Enum):
    OPEN = "open"
    CLOSED = "closed"

@dataclass(slots=True, kw_only=True)
class Line:
    sku: str

@dataclass(slots=True, kw_only=True)
class Order:
    number: str
    status: Status
    lines: list[Line]
    note: str | None = None

    @property
    def total(self) -> Decimal:
        return Decimal(0)

    @property
    def weight(self):
        return 1

@dataclass(frozen=True, slots=True, kw_only=True)
class LineInfo:
    sku: str

@dataclass(frozen=True, slots=True, kw_only=True)
class OrderInfo:
    number: str
    status: str
    lines: tuple[LineInfo, ...]
    total: Decimal
"""

IMPORTS = """
from bulkhead.exposed import exposed, publishes
from shop.domain import Line, LineInfo, Order, OrderClosedError, OrderInfo
"""


@dataclass(slots=True)
class Shop:
    """A component in a folder of its own, with one public module."""

    folder: Path

    def write(self, path: str, source: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(source))

    def offers(self, source: str, *, imports: str = IMPORTS) -> None:
        self.write("public/__init__.py", imports + dedent(source))

    @contextmanager
    def installed(self) -> Iterator[None]:
        invalidate_caches()
        with override_settings(INSTALLED_APPS=["shop"]):
            yield

    def check(self) -> list[CheckMessage]:
        with self.installed():
            return check_public()
