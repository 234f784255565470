from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.toolkit.projects import Run, ThrowAwayProject

PYTEST_INI = """\
[pytest]
addopts = --strict-markers -p no:randomly -p no:cacheprovider
filterwarnings = error
"""

RunPytest = Callable[..., Run]


@pytest.fixture
def project(tmp_path: Path) -> ThrowAwayProject:
    """Return an empty project on SQLite: what is tested here is the same on all databases."""
    project = ThrowAwayProject(root=tmp_path)
    project.write("pytest.ini", PYTEST_INI)
    return project


@pytest.fixture
def harbour(project: ThrowAwayProject) -> ThrowAwayProject:
    """Berths depend on cranes, and those on steel; rope is of no concern to them."""
    project.write("pytest.ini", PYTEST_INI.replace("addopts =", "addopts = --nomigrations"))
    project.add_component("steel")
    project.add_component("crane", depends_on=("steel",))
    project.add_component("berth", depends_on=("crane",))
    project.add_component("rope")
    return project


@pytest.fixture
def run_pytest(project: ThrowAwayProject) -> RunPytest:
    """Run pytest in the project, with the settings that it has by then."""

    def run(*arguments: str, **environ: str) -> Run:
        project._write_settings()
        return project._run(["-m", "pytest", "-q", *arguments], environ)

    return run
