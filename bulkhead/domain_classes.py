"""Which classes belong to a component's domain."""

from __future__ import annotations

from bulkhead.components import ComponentConfig, component_of_module


def owner_of_domain_class(cls: type) -> ComponentConfig | None:
    """Return the component in whose `domain` a class is defined, or None."""
    component = component_of_module(cls.__module__)
    if component is None:
        return None
    layer = f"{component.name}.domain"
    return component if f"{cls.__module__}.".startswith(f"{layer}.") else None
