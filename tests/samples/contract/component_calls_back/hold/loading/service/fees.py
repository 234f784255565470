from hold.billing import public as billing

same = billing
