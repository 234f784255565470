from bulkhead.exposed import exposed
from hold.loading.service import lots
from hold.shared_kernel import Tons


@exposed
def weigh(*, number: str) -> Tons:
    return lots.get_lot(number=number).weight
