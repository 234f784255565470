from hold.depot import public as depot

stores = depot.
