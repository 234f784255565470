from bulkhead.components import ComponentConfig


class LoadingConfig(ComponentConfig):
    name = "hold.loading"
    depends_on = "billing"
    depends_on_legacy = ["cargo"]
