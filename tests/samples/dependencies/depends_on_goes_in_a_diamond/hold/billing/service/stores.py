from hold.depot import public

same = public
