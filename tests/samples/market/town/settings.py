from pathlib import Path

print("The settings print.")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "stalls",
    "goods",
    "orders.apps.OrdersConfig",
]
SECRET_KEY = "town.secret"
DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
MIDDLEWARE = ["town.middleware.Bell"]
ROOT_URLCONF = "town.urls"
STORES = {"goods": {"BACKEND": "goods.models.Good", "KEY": "goods.models.secret"}, "retries": 3}
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).parent / "templates"],
        "APP_DIRS": True,
    }
]
