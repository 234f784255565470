from hold.depot import public as depot

same = depot
