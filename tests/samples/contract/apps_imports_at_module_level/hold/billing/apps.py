from bulkhead.components import ComponentConfig
from hold.billing import signals


class BillingConfig(ComponentConfig):
    name = "hold.billing"
    depends_on = ("loading",)
    module = signals
