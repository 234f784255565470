"""What startcomponent writes satisfies this repository's own linters, and the contract."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.toolkit.projects import REPOSITORY, ThrowAwayProject, throw_away_project

LINTERS = """
[tool.mypy]
strict = true
plugins = ["mypy_django_plugin.main"]
warn_unreachable = true

[tool.django-stubs]
django_settings_module = "settings"

[tool.importlinter]
root_packages = ["parts"]
contract_types = ["bulkhead: bulkhead.importlinter.BulkheadContract"]

[[tool.importlinter.contracts]]
name = "Components are watertight"
type = "bulkhead"
"""
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"

needs_linters = pytest.mark.skipif(
    find_spec("ruff") is None or find_spec("mypy") is None,
    reason="Linting what is written needs ruff and mypy: pip install --group lint",
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ThrowAwayProject]:
    """Yield a project with a component named in two words, as is its aggregate."""
    with throw_away_project(tmp_path) as project:
        project.more_settings = 'SILENCED_SYSTEM_CHECKS = ["admin.E403"]\n'
        layers = "--layers=domain,db,service,public,api,admin"
        project.done("startcomponent", "parts.cost_control", layers, "--aggregate=ChangeOrder")
        project.apps.append("parts.cost_control")
        project.write("pyproject.toml", LINTERS)
        yield project


def ruff_config() -> str:
    """Return this repository's rules, with those for tests in every folder of tests."""
    path = REPOSITORY / "pyproject.toml"
    rules = tomllib.loads(path.read_text())["tool"]["ruff"]["lint"]["per-file-ignores"]["tests/**"]
    return f'extend = "{path}"\n[lint.extend-per-file-ignores]\n"**/tests/*" = {rules!r}\n'


class TestWhatIsWritten:
    @pytest.mark.slow
    @needs_linters
    def test_is_clean(self, project: ThrowAwayProject) -> None:
        project.write("ruff.toml", ruff_config())

        linted = project.interpret("-m", "ruff", "check", "--no-cache", "parts")
        formatted = project.interpret("-m", "ruff", "format", "--no-cache", "--diff", "parts")
        typed = project.interpret("-m", "mypy", "parts")

        assert linted.output == "All checks passed!\n"
        assert formatted.output == ""
        assert formatted.status == 0
        assert typed.output == "Success: no issues found in 24 source files\n"

    def test_keeps_the_contract(self, project: ThrowAwayProject) -> None:
        linted = project.interpret("-c", LINT_IMPORTS)

        assert linted.status == 0
        assert "Components are watertight KEPT" in linted.output
