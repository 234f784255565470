from decimal import Decimal

from hold.shared_kernel import Tons

pair = Decimal, Tons
