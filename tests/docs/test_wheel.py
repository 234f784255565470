"""The wheel holds all that it needs, requires little, and says which extra is missing."""

from __future__ import annotations

from collections.abc import Mapping
from email.parser import Parser
from pathlib import Path
from subprocess import CompletedProcess
from zipfile import ZipFile

import pytest

from tests.docs.blocks import REPOSITORY
from tests.docs.environments import environment_of, in_bash

pytestmark = pytest.mark.slow

NOT_IN_THE_WHEEL = {"__pycache__"}


class TestContents:
    def test_are_all_files_of_the_package(self, wheel: Path) -> None:
        here = {
            path.relative_to(REPOSITORY).as_posix()
            for path in (REPOSITORY / "bulkhead").rglob("*")
            if path.is_file() and not NOT_IN_THE_WHEEL.intersection(path.parts)
        }

        there = {name for name in ZipFile(wheel).namelist() if name.startswith("bulkhead/")}

        assert there == here

    def test_are_nothing_else(self, wheel: Path) -> None:
        tops = {name.partition("/")[0] for name in ZipFile(wheel).namelist()}

        assert {top for top in tops if not top.endswith(".dist-info")} == {"bulkhead"}

    def test_require_django_and_what_reads_sql_and_prints_reports(self, wheel: Path) -> None:
        archive = ZipFile(wheel)
        [name] = [name for name in archive.namelist() if name.endswith("METADATA")]
        required = Parser().parsestr(archive.read(name).decode()).get_all("Requires-Dist")

        assert required is not None
        assert [one for one in required if "extra ==" not in one] == [
            "django>=5.2",
            "rich>=13.7",
            "sqlglot>=26",
            "typing-extensions>=4.12; python_version < '3.13'",
        ]


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> BareEnvironment:
    folder = tmp_path_factory.mktemp("bare")
    environment = BareEnvironment(folder, environment_of(folder, wheel))
    environment.run("python3 -m venv .venv")
    environment.run("python -m pip install django-bulkhead")
    environment.run("django-admin startproject harbour .")
    settings = folder / "harbour" / "settings.py"
    settings.write_text(settings.read_text() + SETTINGS)
    return environment


SETTINGS = """
from bulkhead.databases import databases

INSTALLED_APPS = ["bulkhead", *INSTALLED_APPS]
DATABASES = databases(directory=BASE_DIR / "var")
DATABASE_ROUTERS = ["bulkhead.routers.ComponentRouter"]
"""


class BareEnvironment:
    """A project in an environment with Django and Bulkhead, and no extra."""

    def __init__(self, folder: Path, variables: Mapping[str, str]) -> None:
        self.folder = folder
        self.variables = variables

    def run(self, command: str, **variables: str) -> str:
        """Return what a command prints; its exit status has to be 0."""
        done = self._run(command, variables)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def complaints(self, command: str, **variables: str) -> list[str]:
        """Return the lines that a command prints which fails."""
        done = self._run(command, variables)
        assert done.returncode != 0, done.stdout
        return done.stdout.splitlines()

    def _run(self, command: str, variables: Mapping[str, str]) -> CompletedProcess[str]:
        return in_bash(command, folder=self.folder, environment={**self.variables, **variables})


class TestWithoutExtras:
    def test_a_project_starts_and_is_sound(self, bare: BareEnvironment) -> None:
        bare.run("python manage.py startcomponent parts.stores --layers domain,db,service,public")
        settings = bare.folder / "harbour" / "settings.py"
        settings.write_text(settings.read_text() + 'INSTALLED_APPS += ["parts.stores"]\n')

        bare.run("python manage.py makemigrations stores --skip-checks")
        bare.run("python manage.py migrate")
        shown = bare.run("python manage.py showcomponents")

        assert "stores     default: ready" in shown

    def test_the_api_names_its_extra(self, bare: BareEnvironment) -> None:
        assert bare.complaints("python -c 'import bulkhead.api'")[-1] == (
            "bulkhead.errors.MissingExtraError: bulkhead.api needs django-ninja, which is not "
            "installed. Install it with: pip install 'django-bulkhead[api]'"
        )

    def test_the_contract_names_its_extra(self, bare: BareEnvironment) -> None:
        assert bare.complaints("python -c 'import bulkhead.importlinter'")[-1] == (
            "bulkhead.errors.MissingExtraError: bulkhead.importlinter needs import-linter, which "
            "is not installed. Install it with: pip install 'django-bulkhead[lint]'"
        )

    def test_a_url_names_its_extra(self, bare: BareEnvironment) -> None:
        url = "postgres://localhost/harbour"

        assert bare.complaints("python manage.py check", DATABASE_URL=url)[-1] == (
            "bulkhead.errors.MissingExtraError: Reading DATABASE_URL needs dj-database-url, which "
            "is not installed. Install it with: pip install 'django-bulkhead[databases]'"
        )

    def test_the_mark_names_its_extra(self, bare: BareEnvironment) -> None:
        bare.run("python -m pip install pytest")
        test = "import pytest\n\n@pytest.mark.component('stores')\ndef test_it(): pass\n"
        (bare.folder / "test_it.py").write_text(test)

        assert (
            "@pytest.mark.component of test_it.py::test_it: It needs pytest-django, which is not "
            "installed. Install it with: pip install 'django-bulkhead[testing]'"
        ) in bare.complaints("python -m pytest -q test_it.py")
