from hold.depot import public as depot

used = depot
