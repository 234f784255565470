"""The document of the reference project is kept in the repository."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.docs.blocks import REPOSITORY

pytestmark = pytest.mark.any_layout


def test_is_the_one_of_today() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "project.settings"}
    command = [sys.executable, "manage.py", "exportopenapi", "--check", "project/openapi.json"]

    done = subprocess.run(  # noqa: S603 - ours
        command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False
    )

    assert done.stdout + done.stderr == "project/openapi.json is up to date.\n"
