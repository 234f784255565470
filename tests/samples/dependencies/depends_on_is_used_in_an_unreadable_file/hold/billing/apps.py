from bulkhead.components import ComponentConfig


class BillingConfig(ComponentConfig):
    name = "hold.billing"
    depends_on = ("loading", "depot")
