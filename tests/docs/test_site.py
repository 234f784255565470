"""The site of the docs is built without a warning."""

from __future__ import annotations

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS

BUILDERS = {"sphinx", "myst_parser", "furo"}
HOW_TO_GET_IT = "The site is built by Sphinx, which pip install --group docs installs."


@pytest.mark.slow
@pytest.mark.skipif(not all(map(find_spec, BUILDERS)), reason=HOW_TO_GET_IT)
def test_is_built_without_a_warning(tmp_path: Path) -> None:
    site = tmp_path / "site"
    command = [sys.executable, "-m", "sphinx", "-E", "-W", "--keep-going", "-q"]

    done = subprocess.run(  # noqa: S603 - ours
        [*command, "-d", str(tmp_path / "doctrees"), str(DOCS), str(site)],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert (site / "tutorial" / "index.html").is_file()
