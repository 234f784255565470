"""The page about a component's own database, followed in one shell."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator
from doctest import ELLIPSIS, OutputChecker
from itertools import pairwise
from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, Block, blocks_of
from tests.docs.environments import in_bash
from tests.toolkit.projects import CREATE, REPOSITORY, ThrowAwayProject

pytestmark = pytest.mark.any_layout

PAGE = DOCS / "how-to" / "own-database.md"
END_OF_BLOCK = "-- end of block --"
ROWS = """
from invoicing.db.models import InvoicingRow
for number in "123":
    InvoicingRow.objects.create(number=number)
"""


@pytest.fixture
def project(tmp_path: Path) -> ThrowAwayProject:
    """Return a project whose component has three rows in `default`."""
    project = ThrowAwayProject(root=tmp_path)
    project.environ["DATABASE_URL"] = "sqlite:///var/default.sqlite3"
    (tmp_path / "var").mkdir()
    project.add_component("invoicing")
    project.add_migration("invoicing/db", "0001_initial", CREATE.format(name="InvoicingRow"))
    project.done("migrate", "--verbosity", "0")
    assert project.python(ROWS).status == 0
    return project


def said_in_one_shell(project: ThrowAwayProject, blocks: Iterable[Block]) -> list[str]:
    """Return what each block says, on both its outputs."""
    inherited = {name: value for name, value in os.environ.items() if not name.endswith("_URL")}
    script = f"\necho '{END_OF_BLOCK}'\n".join(block.text for block in blocks)
    environ = {
        **inherited,
        **project.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join([str(project.root), str(REPOSITORY)]),
        "NO_COLOR": "1",
    }
    done = in_bash(script, folder=project.root, environment=environ)
    assert done.returncode == 0, done.stdout
    return done.stdout.split(f"{END_OF_BLOCK}\n")


def steps_of(page: Path) -> Iterator[tuple[Block, str]]:
    """Yield the blocks to type, each with what the page says that it prints."""
    blocks = [block for block in blocks_of(page) if not block.caption]
    for block, following in pairwise([*blocks, None]):
        if block is not None and block.language == "sh":
            shows = following is not None and following.language == "text"
            yield block, following.text if shows and following is not None else ""


class TestOwnDatabase:
    def test_the_page_moves_every_row(self, project: ThrowAwayProject) -> None:
        steps = list(steps_of(PAGE))

        said = said_in_one_shell(project, [block for block, _ in steps])

        for (_, shown), output in zip(steps, said, strict=True):
            fits = not shown or OutputChecker().check_output(shown, output, ELLIPSIS)
            assert fits, f"The page says:\n{shown}\nIt is:\n{output}"

    def test_rows_that_were_left_can_still_be_dumped(self, project: ThrowAwayProject) -> None:
        project.environ["INVOICING_DATABASE_URL"] = "sqlite:///var/invoicing.sqlite3"
        [block] = [block for block in blocks_of(PAGE) if block.caption]

        said_in_one_shell(project, [block])

        rows = json.loads((project.root / "left.json").read_text(encoding="utf-8"))
        assert [row["pk"] for row in rows] == [1, 2, 3]
