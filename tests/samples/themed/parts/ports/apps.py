from bulkhead.components import ComponentConfig


class PortsConfig(ComponentConfig):
    name = "parts.ports"
