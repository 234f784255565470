from bulkhead.components import ComponentConfig


class StoresConfig(ComponentConfig):
    name = "parts.stores"
    depends_on = ("ports",)
