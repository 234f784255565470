import pytest

from hold.billing.db.models import BillRow
from hold.loading import public as loading
from hold.loading.service import lots

used = pytest, BillRow, loading, lots
