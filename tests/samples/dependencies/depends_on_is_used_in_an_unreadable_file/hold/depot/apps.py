from bulkhead.components import ComponentConfig


class DepotConfig(ComponentConfig):
    name = "hold.depot"
