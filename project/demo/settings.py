"""Settings of the demo: the project as in production, but on loopback, where there is no TLS."""

from __future__ import annotations

from project.production import *  # noqa: F403
from project.production import LOGGING, STORAGES

ALLOWED_HOSTS = ["localhost", "127.0.0.1"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = False

# Static files come straight from the apps, so that nothing has to be collected first.
STATIC_ROOT = None  # type: ignore[assignment]  # Django takes it
WHITENOISE_USE_FINDERS = True
STORAGES = STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}

# Who watches the terminal wants to hear of faults, not of every page that is not there, of a form
# that has expired, or of a host that is not ours.
LOGGING = LOGGING | {
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "CRITICAL"}}
}
