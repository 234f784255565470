"""What the tests of the toolkit share."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bulkhead import exposed as exposed_module
from tests.toolkit.shop import DOMAIN, Shop


@pytest.fixture
def shop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(exposed_module, "_record", {})
    shop = Shop(tmp_path / "shop")
    shop.write("__init__.py", "")
    shop.write(
        "apps.py",
        """
        from bulkhead.components import ComponentConfig

        class ShopConfig(ComponentConfig):
            name = "shop"
        """,
    )
    shop.write("domain.py", DOMAIN)
    yield shop
    for name in [name for name in sys.modules if name.split(".")[0] == "shop"]:
        del sys.modules[name]
