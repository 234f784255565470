"""The reference project, and the small components that the toolkit's tests use."""

from __future__ import annotations

import os

from bulkhead.databases import databases
from project.settings import *  # noqa: F403
from project.settings import BASE_DIR, INSTALLED_APPS
from tests.layouts import environ_of

INSTALLED_APPS = [*INSTALLED_APPS, "tests.toolkit.yard.stock", "tests.toolkit.yard.sales"]

LAYOUT = os.environ.get("BULKHEAD_TEST_LAYOUT", "sqlite")
DATABASES = databases(
    "contracting",
    "invoicing",
    "budgeting",
    "stock",
    "sales",
    directory=BASE_DIR / "var",
    environ=environ_of(LAYOUT),
)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
