"""The command line around the subcommands; what they print is tested beside each."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from argparse import ArgumentParser, Namespace
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace

import pytest

from bulkhead.__main__ import SUBCOMMANDS, Subcommand, main
from bulkhead.crossings.probe.surveyed import SurveyedProject
from bulkhead.errors import BulkheadError
from tests.toolkit.samples import SAMPLES

REPOSITORY = SAMPLES.parents[1]
REMEMBERED = "--remembered"


@pytest.fixture
def market(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project in the current folder, and a subcommand that counts its components."""
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    monkeypatch.delenv("VIRTUAL_ENV", raising=False)
    monkeypatch.setenv("BULKHEAD_CACHE", str(tmp_path / "cache"))
    shutil.copytree(SAMPLES / "market", tmp_path / "market")
    monkeypatch.chdir(tmp_path / "market")
    body = SimpleNamespace(add_arguments=add_arguments, run=run, wants_remembered=wants_remembered)
    monkeypatch.setitem(sys.modules, "counting", body)
    monkeypatch.setitem(SUBCOMMANDS, "count", Subcommand(module="counting", help="Count them."))
    return tmp_path / "market"


class TestMain:
    def test_returns_what_the_subcommand_returns(
        self, market: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["count", "--status", "1"]) == 1

        assert capsys.readouterr().out == "stalls goods ordering\n"

    def test_hands_on_settings_and_packages(
        self, market: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (market / "town" / "other.py").write_text("from town.settings import *\n")

        main(["count", "--settings=town.other", "--package=goods", "--package", "orders"])

        assert capsys.readouterr().out == "goods ordering\n"

    def test_asks_with_a_named_python(
        self, market: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["count", "--python", "gone/python"]) == 2

        assert capsys.readouterr().err == (
            "--python is gone/python, and no program is there. Name the interpreter that runs "
            "the project, such as .venv/bin/python, or the folder of its virtual environment.\n"
        )

    def test_asks_with_the_python_that_runs_it_from_inside(
        self, market: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        python = market / ".venv" / "bin" / "python"
        python.parent.mkdir(parents=True)
        python.write_text("#!/bin/sh\nexit 1\n")
        python.chmod(0o755)

        assert main(["count"], is_inside=True) == 0
        assert main(["count"]) == 2

    def test_does_without_a_start_where_the_subcommand_does(
        self, market: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        main(["count"])
        (market / "town" / "settings.py").write_text("raise SystemExit\n")

        main(["count", REMEMBERED])

        assert capsys.readouterr().out == "stalls goods ordering\n" * 2

    def test_prints_what_is_refused_and_ends_with_2(
        self, market: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["count", "--raises", "refused"]) == 2

        assert capsys.readouterr().err == "It is refused.\n"

    def test_ends_with_2_where_bulkhead_itself_fails(
        self, market: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["count", "--raises", "failed"]) == 2

        assert capsys.readouterr().err.endswith("ValueError: It failed.\n")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (
                [],
                "bulkhead: error: the following arguments are required: SUBCOMMAND\n",
            ),
            (
                ["count", "--pakage=goods"],
                "bulkhead: error: unrecognized arguments: --pakage=goods\n",
            ),
            (
                ["count", "--package"],
                "bulkhead count: error: argument --package: expected one argument\n",
            ),
        ],
    )
    def test_refuses_wrong_arguments(
        self,
        market: Path,
        capsys: pytest.CaptureFixture[str],
        arguments: list[str],
        message: str,
    ) -> None:
        with pytest.raises(SystemExit) as ended:
            main(arguments)

        assert ended.value.code == 2
        assert capsys.readouterr().err.endswith(message)

    def test_says_its_version(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as ended:
            main(["--version"])

        assert ended.value.code == 0
        assert capsys.readouterr().out == f"{version('django-bulkhead')}\n"


@pytest.mark.parametrize("name", list(SUBCOMMANDS))
class TestSubcommands:
    def test_show_their_arguments(self, name: str) -> None:
        shown = bulkhead(name, "--help")

        assert shown.returncode == 0, shown.stderr
        assert shown.stdout.startswith(f"usage: bulkhead {name} ")
        assert "--package NAME" in shown.stdout

    def test_run_on_a_project_that_has_never_heard_of_bulkhead(
        self, name: str, market: Path
    ) -> None:
        before = sorted(market.rglob("*"))

        ran = bulkhead(name, "--format=json", folder=market)

        assert ran.returncode in {0, 1}, ran.stderr
        assert ran.stdout.startswith("{")
        assert sorted(market.rglob("*")) == before

    def test_end_quietly_where_nobody_reads_on(self, name: str, market: Path) -> None:
        command = f"{sys.executable} -B -m bulkhead {name} | true"

        ran = subprocess.run(  # noqa: S602 - a pipe is what this is about
            command, shell=True, cwd=market, env=environment(), capture_output=True, check=False
        )

        assert b"Traceback" not in ran.stderr


def bulkhead(*arguments: str, folder: Path = REPOSITORY) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - this Python, and arguments of this test
        [sys.executable, "-B", "-m", "bulkhead", *arguments],
        cwd=folder,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(REPOSITORY), "NO_COLOR": "1", "COLUMNS": "100"}


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("--status", type=int, default=0)
    parser.add_argument("--raises", choices=["refused", "failed"])
    parser.add_argument(REMEMBERED, action="store_true")


def wants_remembered(options: Namespace) -> bool:
    return bool(options.remembered)


def run(project: SurveyedProject, options: Namespace) -> int:
    if options.raises == "refused":
        msg = "It is refused."
        raise BulkheadError(msg)
    if options.raises == "failed":
        msg = "It failed."
        raise ValueError(msg)
    sys.stdout.write(" ".join(one.label for one in project.description.components) + "\n")
    return int(options.status)
