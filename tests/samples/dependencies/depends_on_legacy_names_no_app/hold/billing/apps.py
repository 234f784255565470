from bulkhead.components import ComponentConfig


class BillingConfig(ComponentConfig):
    name = "hold.billing"
    depends_on = ("loading",)
    depends_on_legacy = ("cargo", "crago", "loading", "auth")
