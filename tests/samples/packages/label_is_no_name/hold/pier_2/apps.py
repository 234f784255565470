from bulkhead.components import ComponentConfig


class PierConfig(ComponentConfig):
    name = "hold.pier_2"
