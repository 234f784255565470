"""The reference project, and the small components that the toolkit's tests use."""

from __future__ import annotations

from bulkhead.databases import databases
from project.settings import *  # noqa: F403
from project.settings import BASE_DIR, INSTALLED_APPS
from tests.layouts import ALIASES, chosen_layout, chosen_space, environ_of

INSTALLED_APPS = [*INSTALLED_APPS, "tests.toolkit.yard.stock", "tests.toolkit.yard.sales"]

_DIRECTORY = BASE_DIR / "var" / "tests" / chosen_space()
DATABASES = databases(
    *(alias for alias in ALIASES if alias != "default"),
    directory=_DIRECTORY,
    environ=environ_of(chosen_layout(), directory=_DIRECTORY),
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
