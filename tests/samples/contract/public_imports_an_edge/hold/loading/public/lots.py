from hold.loading.api import LotOut

same = LotOut
