from hold.billing.service.bills import bill_lot

ask = bill_lot
