from hold.billing import public

same = public
