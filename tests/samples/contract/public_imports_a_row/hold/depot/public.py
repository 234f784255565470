from hold.depot.db import stores

same = stores
