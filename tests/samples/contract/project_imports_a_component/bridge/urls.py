from hold.loading import admin, api, apps, public, views
from hold.loading.service.lots import get_lot

used = admin, api, apps, public, views, get_lot
