"""The component `contracting`."""

from __future__ import annotations

from bulkhead.components import ComponentConfig


class ContractingConfig(ComponentConfig):
    """Depends on nobody: the others stand on it."""

    name = "components.contracting"
    verbose_name = "Contracting"
    depends_on_legacy = ("portfolio",)
    seals = ("imports", "references")
    owner = "Commercial management"
