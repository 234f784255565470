from __future__ import annotations

from bulkhead.components import ComponentConfig


class WorkshopConfig(ComponentConfig):
    name = "tests.toolkit.api.workshop"
