from bulkhead.components import ComponentConfig


class DepotConfig(ComponentConfig):
    name = "hold.depot"
    depends_on = ("billing",)
