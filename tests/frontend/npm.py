"""The packages of npm that the frontend's tests take, with the versions that they name."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

_HOW_TO_GET_IT = "Install it with `apt-get install nodejs npm`, then run this test again."


def require_npm() -> None:
    """Skip a test where npm is missing, or fail it where it is required."""
    if shutil.which("npm") is None:
        skip_or_fail(f"npm was not found. {_HOW_TO_GET_IT}")


def install_packages(folder: Path) -> None:
    """Install what `package.json` in this folder names; skip the test where nothing answers."""
    require_npm()
    done = run(folder, "npm", "install", "--no-audit", "--no-fund", "--no-package-lock")
    if done.returncode:
        skip_or_fail(f"npm could not install the packages of this test: {done.stdout}")


def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """Run a command; both its outputs are one."""
    return subprocess.run(  # noqa: S603 - ours
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
        env={**os.environ, "NO_COLOR": "1"},
    )


def skip_or_fail(reason: str) -> None:
    if os.environ.get("BULKHEAD_REQUIRE_NPM") == "1":
        pytest.fail(f"BULKHEAD_REQUIRE_NPM is 1. {reason}", pytrace=False)
    pytest.skip(reason)
