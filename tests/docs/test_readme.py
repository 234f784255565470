"""README shows the map as it is."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.docs.blocks import REPOSITORY, fences_of

pytestmark = pytest.mark.any_layout


def test_shows_the_components_as_they_are() -> None:
    [shown] = fences_of(REPOSITORY / "README.md", "mermaid")

    assert shown == _printed("showcomponents", "--format", "mermaid")


def _printed(*arguments: str) -> str:
    """Return what a command of the reference project prints, under its own settings."""
    command = [sys.executable, "manage.py", *arguments]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "project.settings"}
    return subprocess.run(  # noqa: S603 - ours
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True
    ).stdout
