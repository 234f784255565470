from hold.loading import admin, api, apps, public, views
from hold.loading.service.lots import get_lot

from hold.loading import urls  # isort: skip

used = admin, api, apps, public, views, get_lot, urls
by_name = "hold.loading.urls"
