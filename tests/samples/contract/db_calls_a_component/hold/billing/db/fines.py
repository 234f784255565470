from hold.shared_kernel import Tons

unit = Tons
