"""`startcomponent` in a project: what it says, and that what it writes works."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.toolkit.projects import Run, ThrowAwayProject, throw_away_project

pytestmark = pytest.mark.own_databases

ADMIN = (
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
)
SETTINGS_FOR_ADMIN = """
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
URLS = """
from django.contrib import admin
from django.urls import path
urlpatterns = [path("admin/", admin.site.urls)]
"""
HIDE_EXTRAS = """
import importlib.util
find_spec = importlib.util.find_spec
hidden = {"ninja", "pytest_django"}
importlib.util.find_spec = lambda name, *rest: None if name in hidden else find_spec(name, *rest)
"""


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ThrowAwayProject]:
    with throw_away_project(tmp_path) as project:
        yield project


@pytest.fixture
def project_with_admin(project: ThrowAwayProject) -> ThrowAwayProject:
    project.apps[:] = ADMIN
    project.more_settings = SETTINGS_FOR_ADMIN
    return project


def install(project: ThrowAwayProject, name: str) -> None:
    project.apps.append(name)
    project.add_database(name.rpartition(".")[2])


def run_tests(project: ThrowAwayProject, path: str) -> Run:
    return project.interpret("-m", "pytest", "-q", "-W", "error", "-p", "no:cacheprovider", path)


class TestWhatItWrites:
    @pytest.mark.parametrize("aggregate", ["Invoice", "Client"])
    def test_works_with_all_layers(
        self, project_with_admin: ThrowAwayProject, aggregate: str
    ) -> None:
        project = project_with_admin
        project.done("startcomponent", "parts.billing", f"--aggregate={aggregate}")
        install(project, "parts.billing")
        project.write("admin_urls.py", URLS)
        project.more_settings += 'ROOT_URLCONF = "admin_urls"\n'

        project.done("makemigrations", "billing")
        project.done("migrate")
        checked = project.done("check", "--database=default", "--database=billing")
        tested = run_tests(project, "parts/billing/tests")

        assert checked.output == "System check identified no issues (0 silenced).\n"
        assert tested.status == 0, tested.output + tested.errors
        assert "12 passed" in tested.output

    @pytest.mark.parametrize(
        ("layers", "passed"),
        [("domain", 2), ("domain, db, service, public", 7)],
    )
    def test_works_with_some_layers(
        self, project: ThrowAwayProject, layers: str, passed: int
    ) -> None:
        project.done("startcomponent", "billing", f"--layers={layers}")
        install(project, "billing")

        project.done("makemigrations")
        checked = project.done("check")
        tested = run_tests(project, "billing")

        assert checked.output == "System check identified no issues (0 silenced).\n"
        assert tested.status == 0, tested.output + tested.errors
        assert f"{passed} passed" in tested.output

    def test_works_beside_another_component(self, project: ThrowAwayProject) -> None:
        for name in ("parts.billing", "parts.cost_control"):
            project.done("startcomponent", name, "--layers=domain,db,service,public,api")
            install(project, name)
        project.done("makemigrations")

        tested = run_tests(project, "parts")

        assert tested.status == 0, tested.output + tested.errors


class TestWhatItSays:
    def test_names_every_step_that_is_left(self, project_with_admin: ThrowAwayProject) -> None:
        project_with_admin.more_settings += "DATABASE_ROUTERS = []\n"

        done = project_with_admin.done("startcomponent", "parts.billing")

        assert done.output == (
            "Wrote parts/billing with the layers domain, db, service, public, api, admin.\n"
            "\n"
            " 1. Add it to INSTALLED_APPS in the settings:\n"
            "\n"
            '     "parts.billing",\n'
            "\n"
            " 2. Send each component's rows to its database, in the settings:\n"
            "\n"
            '     DATABASE_ROUTERS = ["bulkhead.routers.ComponentRouter"]\n'
            "\n"
            " 3. Give it a database of its own, in the settings; left out, it lives in `default`:\n"
            "\n"
            "     from bulkhead.databases import databases\n"
            '     DATABASES = databases("billing", directory=BASE_DIR / "var")\n'
            "\n"
            " 4. Add what brings the files of the docs page to INSTALLED_APPS:\n"
            "\n"
            '     "ninja",\n'
            "\n"
            " 5. Mount the endpoints of all components, once, in the project's urls.py:\n"
            "\n"
            "     from bulkhead.api import component_api\n"
            '     path("api/", component_api(title="...").urls),\n'
            "\n"
            " 6. Make its first migration, and run it:\n"
            "\n"
            "     python manage.py makemigrations billing\n"
            "     python manage.py migrate\n"
            "\n"
            " 7. Run its tests:\n"
            "\n"
            "     python -m pytest --ds=settings parts/billing/tests\n"
        )

    def test_leaves_out_the_steps_that_are_done(self, project: ThrowAwayProject) -> None:
        project.add_component("stock")

        done = project.done("startcomponent", "billing", "--layers=domain,db")

        assert done.output == (
            "Wrote billing with the layers domain, db.\n"
            "\n"
            " 1. Add it to INSTALLED_APPS in the settings:\n"
            "\n"
            '     "billing",\n'
            "\n"
            " 2. Give it a database of its own, in the settings; left out, it lives in `default`:\n"
            "\n"
            "     from bulkhead.databases import databases\n"
            '     DATABASES = databases("stock", "billing", directory=BASE_DIR / "var")\n'
            "\n"
            " 3. Make its first migration, and run it:\n"
            "\n"
            "     python manage.py makemigrations billing\n"
            "     python manage.py migrate\n"
            "\n"
            " 4. Run its tests:\n"
            "\n"
            "     python -m pytest --ds=settings billing/tests\n"
        )

    def test_says_why_it_leaves_a_layer_out(self, project: ThrowAwayProject) -> None:
        done = project.done("startcomponent", "billing")

        assert done.output.splitlines()[:2] == [
            "Wrote billing with the layers domain, db, service, public, api.",
            "Left out admin: django.contrib.admin is not in INSTALLED_APPS.",
        ]

    def test_names_the_extras_that_are_missing(self, project: ThrowAwayProject) -> None:
        project.more_settings = HIDE_EXTRAS

        done = project.done("startcomponent", "billing")

        assert "Left out api: django-ninja is not installed" in done.output
        assert "     python -m pip install 'django-bulkhead[testing]'\n" in done.output

    def test_refuses_in_one_line(self, project: ThrowAwayProject) -> None:
        refused = project.manage("startcomponent", "json.billing")

        assert refused.status == 1
        assert refused.errors == (
            "CommandError: A component can't be named 'json.billing': 'json' is a module of "
            "Python's own. Choose another word.\n"
        )
        assert not (project.root / "json").exists()

    def test_refuses_a_folder_that_is_not_there(self, project: ThrowAwayProject) -> None:
        refused = project.manage("startcomponent", "billing", "--directory=nowhere")

        assert refused.status == 1
        assert refused.errors == (
            f"CommandError: billing can't be written into {project.root / 'nowhere'}: there is no "
            f"such folder. Make it, or name another by --directory.\n"
        )
        assert not (project.root / "nowhere").exists()

    def test_refuses_layers_that_are_none(self, project: ThrowAwayProject) -> None:
        refused = project.manage("startcomponent", "billing", "--layers=")

        assert refused.status == 1
        assert refused.errors == (
            "CommandError: There is no layer ''. The layers are: domain, db, service, public, "
            "api, admin. Name some of them, parted by commas.\n"
        )

    def test_names_its_places_as_seen_from_here(self, project: ThrowAwayProject) -> None:
        (project.root / "src").mkdir()

        done = project.done("startcomponent", "billing", "--directory=src", "--layers=domain")

        lines = done.output.splitlines()
        assert lines[0] == "Wrote src/billing with the layers domain."
        assert lines[-1] == "     python -m pytest --ds=settings src/billing/tests"
