"""The page about other packages of the admin, tried in a project that has them all."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, REPOSITORY, fences_of
from tests.docs.environments import environment_of, in_bash

PAGE = DOCS / "how-to" / "other-admin-packages.md"
PROJECT = REPOSITORY / "tests" / "samples" / "themed"
INSTALL = (
    "python3 -m venv .venv",
    "python -m pip install 'django-bulkhead[testing]' django-unfold django-import-export "
    "django-simple-history",
    "python manage.py makemigrations ports stores --skip-checks",
    "python manage.py migrate",
)


@pytest.mark.any_layout
@pytest.mark.parametrize("block", list(fences_of(PAGE, "python")))
def test_the_page_shows_what_is_tried(block: str) -> None:
    where, *lines = block.strip("\n").splitlines()
    written = iter((PROJECT / where.removeprefix("# ")).read_text(encoding="utf-8").splitlines())

    missing = [line for line in lines if line and line not in written]  # each behind the last

    assert missing == []


class Project:
    """The sample, in an environment with the packages."""

    def __init__(self, folder: Path, wheel: Path) -> None:
        shutil.copytree(PROJECT, folder, dirs_exist_ok=True)
        self.folder = folder
        self.environment = environment_of(folder, wheel)

    def run(self, command: str) -> str:
        """Return what a command prints; its exit status has to be 0."""
        done = in_bash(command, folder=self.folder, environment=self.environment)
        assert done.returncode == 0, done.stdout
        return done.stdout

    def complaints(self, path: str, pattern: str, replacement: str) -> list[str]:
        """Return the ids that `check` names where one file is otherwise, and restore it."""
        file = self.folder / path
        before = file.read_text(encoding="utf-8")
        after, count = re.subn(pattern, replacement, before, flags=re.DOTALL)
        assert count == 1
        file.write_text(after, encoding="utf-8")
        done = in_bash("python manage.py check", folder=self.folder, environment=self.environment)
        file.write_text(before, encoding="utf-8")
        return re.findall(r"\(([\w.]+)\)", done.stdout)


@pytest.fixture(scope="module")
def project(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Project:
    made = Project(tmp_path_factory.mktemp("themed"), wheel)
    for command in INSTALL:
        made.run(command)
    return made


@pytest.mark.slow
class TestOtherAdminPackages:
    def test_go_together_in_one_component(self, project: Project) -> None:
        said = project.run("python -m pytest -q --ds=harbour.settings tests")

        assert "15 passed" in said

    def test_are_no_reason_for_a_warning(self, project: Project) -> None:
        said = project.run("python manage.py check")

        assert said == "System check identified no issues (0 silenced).\n"

    def test_need_no_migration_of_their_own_later(self, project: Project) -> None:
        assert "No changes detected" in project.run("python manage.py makemigrations --check")

    def test_are_warned_of_where_they_stand_first(self, project: Project) -> None:
        named = project.complaints(
            "parts/stores/admin.py",
            re.escape("(AggregateTabularInline, TabularInline)"),
            "(TabularInline, AggregateTabularInline)",
        )

        assert named == ["bulkhead.W079"]

    def test_are_refused_where_an_import_saves_rows(self, project: Project) -> None:
        named = project.complaints(
            "parts/stores/admin.py", re.escape("    def do_instance_save"), "    def save_it"
        )

        assert named == ["bulkhead.E085"]

    def test_are_refused_where_a_history_points_to_users(self, project: Project) -> None:
        named = project.complaints(
            "parts/ports/db/models.py",
            r"HistoricalRecords\(\n.*?\n    \)\n",
            "HistoricalRecords()\n",
        )

        assert named == ["bulkhead.E020"]

    def test_are_warned_of_where_a_history_would_stay_empty(self, project: Project) -> None:
        named = project.complaints("parts/stores/db/repositories.py", r"\n    def add.*", "")

        assert named == ["bulkhead.W036"] * 3
