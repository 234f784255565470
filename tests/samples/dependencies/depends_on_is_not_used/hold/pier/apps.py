from bulkhead.components import ComponentConfig


class PierConfig(ComponentConfig):
    name = "hold.pier"
    depends_on = ("depot",)
    depends_on_legacy = ("cargo",)
