from hold.billing.domain.bills import Bill

models = Bill
