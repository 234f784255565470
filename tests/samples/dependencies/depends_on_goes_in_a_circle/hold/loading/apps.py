from bulkhead.components import ComponentConfig


class LoadingConfig(ComponentConfig):
    name = "hold.loading"
    depends_on = ("depot",)
