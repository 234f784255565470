INSTALLED_APPS = [
    "bulkhead",
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "cargo",
    "hold.billing",
    "hold.loading",
]
SECRET_KEY = "for-a-test"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
ROOT_URLCONF = "bridge.urls"
DATABASE_ROUTERS = ["bulkhead.routers.ComponentRouter"]

INSTALLED_APPS += ["hold.depot"]
