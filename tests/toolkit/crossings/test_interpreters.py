from __future__ import annotations

import sys
from pathlib import Path

import pytest

from bulkhead.crossings.probe.interpreters import (
    FoundInterpreter,
    NoInterpreterError,
    find_interpreter,
)


class TestFindInterpreter:
    def test_takes_the_one_that_is_named_first(self, tmp_path: Path) -> None:
        named = environment(tmp_path / "other")
        environment(tmp_path / ".venv")

        found = find_interpreter(named, environ={}, folder=tmp_path)

        assert found == FoundInterpreter(path=named, source="--python")

    def test_takes_the_one_of_a_named_folder(self, tmp_path: Path) -> None:
        python = environment(tmp_path / "other")

        found = find_interpreter(tmp_path / "other", environ={}, folder=tmp_path)

        assert found.path == python

    def test_takes_the_one_of_the_active_environment_before_the_projects(
        self, tmp_path: Path
    ) -> None:
        active = environment(tmp_path / "active")
        environment(tmp_path / ".venv")

        found = find_interpreter(
            None, environ={"VIRTUAL_ENV": str(tmp_path / "active")}, folder=tmp_path
        )

        assert found == FoundInterpreter(path=active, source="the active environment")

    @pytest.mark.parametrize("name", [".venv", "venv", "env"])
    def test_takes_the_one_in_the_projects_folder(self, tmp_path: Path, name: str) -> None:
        python = environment(tmp_path / name)

        found = find_interpreter(None, environ={"VIRTUAL_ENV": "/gone"}, folder=tmp_path)

        assert found == FoundInterpreter(path=python, source=f"the environment in {name}")

    def test_takes_the_one_of_the_repository_around_the_project(self, tmp_path: Path) -> None:
        environment(tmp_path / ".venv")  # outside of the repository, and so not the project's
        repository = tmp_path / "repository"
        (repository / ".git").mkdir(parents=True)
        python = environment(repository / ".venv")
        (repository / "src" / "shop").mkdir(parents=True)

        found = find_interpreter(None, environ={}, folder=repository / "src" / "shop")

        assert found == FoundInterpreter(path=python, source="the environment in ../../.venv")

    def test_looks_no_further_than_a_folder_of_no_repository(self, tmp_path: Path) -> None:
        environment(tmp_path / ".venv")
        (tmp_path / "shop").mkdir()

        found = find_interpreter(None, environ={}, folder=tmp_path / "shop")

        assert found == own()

    def test_takes_the_one_that_runs_bulkhead_from_inside(self, tmp_path: Path) -> None:
        environment(tmp_path / ".venv")

        assert find_interpreter(None, environ={}, folder=tmp_path, is_inside=True) == own()

    def test_refuses_a_name_that_no_program_has(self, tmp_path: Path) -> None:
        with pytest.raises(NoInterpreterError) as refused:
            find_interpreter(tmp_path / "python", environ={}, folder=tmp_path)

        assert str(refused.value) == (
            f"--python is {tmp_path / 'python'}, and no program is there. Name the interpreter "
            f"that runs the project, such as .venv/bin/python, or the folder of its virtual "
            f"environment."
        )

    def test_refuses_a_folder_that_is_no_environment(self, tmp_path: Path) -> None:
        with pytest.raises(NoInterpreterError) as refused:
            find_interpreter(tmp_path, environ={}, folder=tmp_path)

        assert str(refused.value) == (
            f"--python is {tmp_path}, a folder without a Python in it. Looked for: "
            f"Scripts/python.exe, bin/python, bin/python3. Name an interpreter, or the folder of "
            f"a virtual environment."
        )


def environment(folder: Path) -> Path:
    """Make what looks like a virtual environment, and return its Python."""
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch(mode=0o755)
    return python


def own() -> FoundInterpreter:
    return FoundInterpreter(path=Path(sys.executable), source="the Python that runs Bulkhead")
