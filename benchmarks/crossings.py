"""Asks what `checkcomponents` costs on 4,000 modules, cold, warm and on one file."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median

from benchmarks.crossing_project import write_project
from benchmarks.figures import Figure

APPS = 50
"""Of 80 modules each."""

REPOSITORY = Path(__file__).resolve().parent.parent

RUN = """\
import json, os, resource, sys, time
from pathlib import Path

import django

django.setup()
from bulkhead.crossings.probe.surveyed import survey_here

project = survey_here(Path.cwd())
begun = time.perf_counter()
from argparse import ArgumentParser
from bulkhead.crossings.command import add_arguments, run

parser = ArgumentParser()
add_arguments(parser)
output, sys.stdout = sys.stdout, open(os.devnull, "w")
status = run(project, parser.parse_args(sys.argv[1:]))
seconds = time.perf_counter() - begun
own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([status, seconds, max(own, others) / 1024]), file=output)
"""

CONTRACTS = """\
[importlinter]
root_package = market

[importlinter:contract:one]
name = One app does not know another
type = forbidden
source_modules = market.app000
forbidden_modules = market.app049

[importlinter:contract:two]
name = Apps build on those before
type = layers
layers =
    market.app049
    market.app000
"""


def measure(*, quick: bool) -> list[Figure]:
    """Write the projects, run each command several times, and compare the medians."""
    runs = 1 if quick else 5
    with tempfile.TemporaryDirectory() as folder:
        project, twice = Path(folder, "once"), Path(folder, "twice")
        write_project(project, apps=APPS)
        write_project(twice, apps=2 * APPS)
        return [*_of_ours(project, twice, runs), *_beside_peers(project, runs)]


def _of_ours(project: Path, twice: Path, runs: int) -> list[Figure]:
    """Return what each way to run costs, beside what it may cost at most."""
    _check(project, "--accept")
    _check(twice, "--accept")
    cold = [_cold(project) for _ in range(runs)]
    warm = [_check(project) for _ in range(runs)]
    changed = [_after_a_change(project, number) for number in range(runs)]
    one_file = [_one_file(project) for _ in range(runs + 1)][1:]
    of_twice = [_cold(twice) for _ in range(runs)]
    return [
        _limited("checkcomponents, cold", [seconds for seconds, _ in cold], 6, "s"),
        _limited("checkcomponents, warm", [seconds for seconds, _ in warm], 1.5, "s"),
        _limited("checkcomponents, one file changed", [one for one, _ in changed], 2, "s"),
        _limited("checkcomponents, memory", [memory for _, memory in cold], 300, "MB"),
        _limited("one file from standard input", one_file, 0.5, "s"),
        _limited(
            "twice the code, cold",
            [more / once for (more, _), (once, _) in zip(of_twice, cold, strict=True)],
            2.1,
            "times",
        ),
    ]


def _beside_peers(project: Path, runs: int) -> list[Figure]:
    """Return what linters of imports cost that are here, whose answers hold less."""
    (project / ".importlinter").write_text(CONTRACTS, encoding="utf-8")
    (project / "tach.toml").write_text(_tach_modules(), encoding="utf-8")
    lint = shutil.which("lint-imports", path=_path())
    tach = shutil.which("tach", path=_path())
    commands = {
        "import-linter, no cache": [lint, "--no-cache"],
        "import-linter, warm": [lint],
        "tach": [tach, "check"],
    }
    ours = {name: _check if "warm" in name else _cold for name in commands}
    return [
        _compared(name, [str(part) for part in command], project, ours[name], runs)
        for name, command in commands.items()
        if command[0] is not None
    ]


def _compared(
    name: str,
    command: Sequence[str],
    project: Path,
    ours: Callable[[Path], tuple[float, float]],
    runs: int,
) -> Figure:
    _time(command, project)
    pairs = [(ours(project)[0], _time(command, project)) for _ in range(runs)]
    ratios = [peer / own for own, peer in pairs]
    return Figure(
        name=f"checkcomponents beside {name}",
        ours=median(own for own, _ in pairs),
        peer=median(peer for _, peer in pairs),
        peer_name=name,
        unit="s",
        asked=0,
        noise=(max(ratios) - min(ratios)) / median(ratios),
    )


def _limited(name: str, costs: Sequence[float], limit: float, unit: str) -> Figure:
    """Return a cost beside the most that it may be."""
    return Figure(
        name=name,
        ours=median(costs),
        peer=limit,
        peer_name="at most",
        unit=unit,
        asked=1,
        noise=(max(costs) - min(costs)) / median(costs),
    )


def _cold(project: Path) -> tuple[float, float]:
    shutil.rmtree(_cache(project), ignore_errors=True)
    return _check(project)


def _after_a_change(project: Path, number: int) -> tuple[float, float]:
    with (project / "market/app007/service03.py").open("a", encoding="utf-8") as file:
        file.write(f"\nCHANGE_{number} = {number}\n")
    return _check(project)


def _check(project: Path, *arguments: str) -> tuple[float, float]:
    """Return the seconds after the project has started, and the megabytes of the process."""
    done = subprocess.run(  # noqa: S603 - this Python, our code
        [sys.executable, "-c", RUN, *arguments],
        cwd=project,
        env=_environment(project),
        check=True,
        capture_output=True,
    )
    status, seconds, memory = json.loads(done.stdout)
    if status:
        msg = f"checkcomponents ended with {status} in {project}, {' '.join(arguments)}"
        raise RuntimeError(msg)
    return float(seconds), float(memory)


def _one_file(project: Path) -> float:
    """Return the seconds of a whole process, as an editor waits for it."""
    name = "market/app007/service03.py"
    command = [sys.executable, "-m", "bulkhead", "checkcomponents", "--stdin-filename", name]
    return _time(command, project, content=(project / name).read_bytes())


def _time(command: Sequence[str], project: Path, *, content: bytes = b"") -> float:
    begun = time.perf_counter()
    subprocess.run(  # noqa: S603 - this Python, or a tool that is installed beside it
        command,
        cwd=project,
        env=_environment(project),
        input=content,
        capture_output=True,
        check=False,
    )
    return time.perf_counter() - begun


def _environment(project: Path) -> dict[str, str]:
    return {
        "PATH": _path(),
        "PYTHONPATH": os.pathsep.join([str(project), str(REPOSITORY)]),
        "DJANGO_SETTINGS_MODULE": "market.settings",
        "BULKHEAD_CACHE": str(_cache(project)),
    }


def _path() -> str:
    return os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])


def _cache(project: Path) -> Path:
    return project.with_name(f"{project.name}-cache")


def _tach_modules() -> str:
    labels = [f"market.app{number:03}" for number in range(APPS)]
    modules = "".join(f'\n[[modules]]\npath = "{label}"\n' for label in labels)
    return f'source_roots = ["."]\n{modules}'
