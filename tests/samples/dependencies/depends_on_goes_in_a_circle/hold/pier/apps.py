from bulkhead.components import ComponentConfig


class PierConfig(ComponentConfig):
    name = "hold.pier"
    depends_on = ("billing",)
