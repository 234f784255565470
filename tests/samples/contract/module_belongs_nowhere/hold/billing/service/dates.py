from hold.billing.tools import dates

same = dates
