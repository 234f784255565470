"""Empty environments, and the wheel to install in them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.docs.blocks import REPOSITORY


def build_wheel(folder: Path) -> Path:
    """Build the wheel from this checkout."""
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True)  # noqa: S603 - ours
    [wheel] = folder.glob("*.whl")
    return wheel


def environment_of(folder: Path, wheel: Path) -> Mapping[str, str]:
    """Return the variables of a shell in a folder with `.venv`, for which pip knows the wheel.

    Of this checkout's own environment nothing is on the path, and the Python is the same.
    """
    constraint = folder / ".constraint.txt"
    constraint.write_text(f"django-bulkhead=={wheel.name.split('-')[1]}\n")
    python = Path(os.path.realpath(sys.executable)).parent
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.endswith("_URL") and name not in {"DJANGO_SETTINGS_MODULE", "PYTHONPATH"}
    }
    return {
        **kept,
        "PATH": os.pathsep.join([str(folder / ".venv" / "bin"), str(python), "/usr/bin", "/bin"]),
        "PIP_CONSTRAINT": str(constraint),
        "PIP_FIND_LINKS": f"{wheel.parent} {os.environ.get('PIP_FIND_LINKS', '')}".strip(),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_QUIET": "1",
        "NO_COLOR": "1",
    }


def in_bash(
    script: str, *, folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    """Run a script that stops at its first failure; both its outputs are one."""
    return subprocess.run(  # noqa: S603 - from our own pages and tests
        ["/bin/bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
