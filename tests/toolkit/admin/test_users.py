"""Deleting a user where some components live beside it, and others elsewhere."""

from __future__ import annotations

from pathlib import Path

from tests.toolkit.projects import throw_away_project

NOTES = """
class Note(models.Model):
    author = models.ForeignKey("auth.User", models.CASCADE, related_name="notes")
"""

SETTINGS = """
ROOT_URLCONF = "pages"
SILENCED_SYSTEM_CHECKS = ["bulkhead.W020"]
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]
"""

PAGES = """
from django.contrib import admin
from django.urls import path

urlpatterns = [path("admin/", admin.site.urls)]
"""

DELETE_THE_CLERK = """
from django.contrib.auth.models import User
from django.test import Client
from desk.db.models import Note
from yard.db.models import YardRow

boss = User.objects.create_superuser("boss")
clerk = User.objects.create_user("clerk")
Note.objects.create(author=clerk)
Note.objects.create(author=boss)
YardRow.objects.create(number="1")
client = Client(SERVER_NAME="localhost")
client.force_login(boss)
response = client.post(f"/admin/auth/user/{clerk.pk}/delete/", {"post": "yes"})
print(response.status_code, User.objects.count(), Note.objects.count(), YardRow.objects.count())
"""


class TestDeletingAUser:
    def test_takes_along_the_rows_of_a_component_beside_it(self, tmp_path: Path) -> None:
        with throw_away_project(tmp_path) as project:
            project.apps += [
                "django.contrib.admin",
                "django.contrib.sessions",
                "django.contrib.messages",
            ]
            project.add_component("desk", models=NOTES, own_database=False)
            project.add_component("yard")
            project.more_settings = SETTINGS
            project.write("pages.py", PAGES)
            project.done("makemigrations")
            project.done("migrate")

            run = project.python(DELETE_THE_CLERK)

            assert (run.output, run.errors) == ("302 1 1 1\n", "")
