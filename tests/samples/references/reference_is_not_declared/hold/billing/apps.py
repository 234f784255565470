from bulkhead.components import ComponentConfig


class BillingConfig(ComponentConfig):
    name = "hold.billing"
