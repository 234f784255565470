"""The hooks that the repository offers to pre-commit."""

from __future__ import annotations

import re

from tests.toolkit.projects import REPOSITORY

HOOKS = (REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8")


class TestHooks:
    def test_run_in_the_environment_of_the_project(self) -> None:
        ids = re.findall(r"^- id: (\S+)$", HOOKS, flags=re.MULTILINE)
        languages = re.findall(r"^  language: (\S+)$", HOOKS, flags=re.MULTILINE)
        entries = re.findall(r"^  entry: (.+)$", HOOKS, flags=re.MULTILINE)

        assert ids == ["checkcomponents", "checkcomponents-all"]
        assert languages == ["system", "system"]
        assert entries == ["bulkhead checkcomponents", "bulkhead checkcomponents"]

    def test_take_what_can_hold_a_crossing(self) -> None:
        [pattern] = re.findall(r"^  files: (.+)$", HOOKS, flags=re.MULTILINE)

        names = ["a/views.py", "a/page.html", "a/mail.txt", "a/rows.json", "a/rows.yaml"]
        assert all(re.search(pattern, name) for name in names)
        assert not re.search(pattern, "a/logo.svg")
