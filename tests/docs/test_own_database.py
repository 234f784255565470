"""The page about a component's own database, followed in one shell."""

from __future__ import annotations

import os
import subprocess
import sys
from doctest import ELLIPSIS, OutputChecker
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, blocks_of
from tests.toolkit.projects import CREATE, REPOSITORY, ThrowAwayProject

pytestmark = pytest.mark.own_databases

PAGE = DOCS / "how-to" / "own-database.md"
END_OF_BLOCK = "-- end of block --"
ROWS = """
from invoicing.db.models import InvoicingRow
for number in "123":
    InvoicingRow.objects.create(number=number)
"""


def shell_in(folder: Path, environ: dict[str, str], script: str) -> str:
    """Return what a script says on both its outputs."""
    done = subprocess.run(  # noqa: S603 - from our own page
        ["/bin/bash", "-euo", "pipefail", "-c", script],
        cwd=folder,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_the_page_moves_every_row(tmp_path: Path) -> None:
    project = ThrowAwayProject(root=tmp_path)
    project.environ["DATABASE_URL"] = "sqlite:///var/default.sqlite3"
    (tmp_path / "var").mkdir()
    project.add_component("invoicing")
    project.add_migration("invoicing/db", "0001_initial", CREATE.format(name="InvoicingRow"))
    project.done("migrate", "--verbosity", "0")
    assert project.python(ROWS).status == 0
    blocks = list(blocks_of(PAGE))
    inherited = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    environ = {
        **inherited,
        **project.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(REPOSITORY)]),
        "NO_COLOR": "1",
    }
    before = (tmp_path / "var" / "default.sqlite3").read_bytes()

    script = f"\necho '{END_OF_BLOCK}'\n".join(
        block.text
        for block in blocks
        if block.language == "sh" and block.caption != "Only where rows were left"
    )
    said = shell_in(tmp_path, environ, script).split(f"{END_OF_BLOCK}\n")
    (tmp_path / "var" / "default.sqlite3").write_bytes(before)
    [last] = [block for block in blocks if block.caption]
    shell_in(tmp_path, {**environ, "INVOICING_DATABASE_URL": "sqlite://:memory:"}, last.text)

    expected = [
        (block.text, said[sum(one.language == "sh" for one in blocks[:place]) - 1])
        for place, block in enumerate(blocks)
        if block.language == "text"
    ]
    for text, output in expected:
        assert OutputChecker().check_output(text, output, ELLIPSIS), f"{text}\n---\n{output}"
    assert (tmp_path / "left.json").read_text() == (tmp_path / "invoicing.json").read_text()
