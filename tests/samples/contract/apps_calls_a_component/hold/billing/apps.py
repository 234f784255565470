from bulkhead.components import ComponentConfig


class BillingConfig(ComponentConfig):
    name = "hold.billing"
    depends_on = ("loading",)

    def ready(self):
        from hold.billing.service import bills
        from hold.loading import public

        self.modules = bills, public
