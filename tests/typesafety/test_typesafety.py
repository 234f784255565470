"""Runs the type checkers over the files beside it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
ACCEPTED = sorted((HERE / "accepted").glob("*.py"))
REFUSED = sorted((HERE / "refused").glob("*.py"))

Lines = dict[Path, set[int]]


def mypy(tmp_path: Path) -> Lines:
    pytest.importorskip("mypy", reason="mypy is in the dependency group `lint`")
    command = [sys.executable, "-m", "mypy", "--output", "json", "--cache-dir", str(tmp_path)]
    files = map(str, ACCEPTED + REFUSED)
    done = subprocess.run(  # noqa: S603 - the checkers
        [*command, *files], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode in (0, 1), done.stdout + done.stderr
    errors = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    return _lines(
        (ROOT / error["file"], error["line"]) for error in errors if error["severity"] == "error"
    )


def pyright(_tmp_path: Path) -> Lines:
    pytest.importorskip("pyright", reason="pyright is in the dependency group `lint`")
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable]
    files = map(str, ACCEPTED + REFUSED)
    done = subprocess.run(  # noqa: S603 - the checkers
        [*command, *files], cwd=ROOT, capture_output=True, text=True, check=False
    )
    report = json.loads(done.stdout)
    return _lines(
        (Path(found["file"]), found["range"]["start"]["line"] + 1)
        for found in report["generalDiagnostics"]
        if found["severity"] == "error"
    )


def _lines(found: object) -> Lines:
    lines: Lines = {path: set() for path in ACCEPTED + REFUSED}
    for path, line in found:  # type: ignore[attr-defined]
        lines.setdefault(path, set()).add(line)
    return lines


@pytest.mark.slow
@pytest.mark.parametrize("checker", [mypy, pyright])
def test_a_type_checker_accepts_and_refuses_as_marked(
    checker: Callable[[Path], Lines], tmp_path: Path
) -> None:
    marked: Lines = {path: set() for path in ACCEPTED}
    for path in REFUSED:
        text = path.read_text(encoding="utf-8").splitlines()
        marked[path] = {n for n, line in enumerate(text, 1) if line.endswith("# refused")}

    found = checker(tmp_path)

    assert found == marked
