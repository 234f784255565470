from bulkhead.components import ComponentConfig


class LoadingConfig(ComponentConfig):
    name = "hold.loading"
    seals = "imports"
