from hold.billing.apps import BillingConfig

label = BillingConfig.name
