"""Checks are imported when they run, and none of them is forgotten."""

from __future__ import annotations

from pathlib import Path

from django.apps import apps
from django.core.checks import registry

import bulkhead.checks
from bulkhead.checks.subjects import SUBJECTS, checks_of
from tests.toolkit.projects import ThrowAwayProject

FOLDER = Path(bulkhead.checks.__file__).parent
DECORATOR = "\n@check\n"


class TestSubjects:
    def test_name_every_module_with_checks(self) -> None:
        with_checks = {path.stem for path in FOLDER.glob("*.py") if DECORATOR in path.read_text()}

        assert set(SUBJECTS) == with_checks

    def test_hold_every_check_of_their_module(self) -> None:
        for subject in SUBJECTS:
            written = (FOLDER / f"{subject}.py").read_text().count(DECORATOR)

            assert len(checks_of(f"bulkhead.checks.{subject}")) == written

    def test_are_registered_once_however_often_apps_are_ready(self) -> None:
        before = len(registry.registry.registered_checks)

        apps.get_app_config("bulkhead").ready()

        assert len(registry.registry.registered_checks) == before


class TestStart:
    def test_imports_no_check_before_it_runs(self, tmp_path: Path) -> None:
        project = ThrowAwayProject(root=tmp_path)
        project.add_component("stock")

        run = project.python("""
            import sys
            print(sorted(name for name in sys.modules if name.startswith("bulkhead.checks.")))
        """)

        assert run.output == "['bulkhead.checks.subjects']\n"
