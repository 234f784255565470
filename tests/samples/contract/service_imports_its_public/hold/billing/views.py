from hold.billing.public import bills

same = bills
