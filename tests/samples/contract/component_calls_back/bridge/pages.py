from hold.billing import public as billing
from hold.loading import public as loading

pair = billing, loading
