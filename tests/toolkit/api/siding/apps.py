from __future__ import annotations

from bulkhead.components import ComponentConfig


class SidingConfig(ComponentConfig):
    name = "tests.toolkit.api.siding"
