from bulkhead.components import ComponentConfig


class YardConfig(ComponentConfig):
    name = "hold.yard"
    label = "default"
