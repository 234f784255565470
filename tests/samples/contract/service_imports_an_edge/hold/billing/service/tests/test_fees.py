from hold.billing.admin import HEADER

name = HEADER
