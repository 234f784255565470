from __future__ import annotations

from bulkhead.components import ComponentConfig


class StockConfig(ComponentConfig):
    name = "tests.toolkit.yard.stock"
    owner = "yard"
