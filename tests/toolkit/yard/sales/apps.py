from __future__ import annotations

from bulkhead.components import ComponentConfig


class SalesConfig(ComponentConfig):
    name = "tests.toolkit.yard.sales"
    depends_on = ("stock",)
    owner = "yard"
