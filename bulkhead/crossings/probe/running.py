"""Asks a project in its own interpreter, and leaves nothing behind."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bulkhead.crossings.probe.bulkhead_probe.answering import BEGIN, END
from bulkhead.crossings.probe.handed_over import reason, started_project
from bulkhead.crossings.started import StartedProject
from bulkhead.errors import BulkheadError

SCRIPT = Path(__file__).with_name("script.py")
SECONDS = 300
"""How long a project may take to start."""

LINES = 5
"""How much is shown of what was printed by an interpreter that gave no answer."""


class ProbeFailedError(BulkheadError):
    """The interpreter gave no answer at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a project told; where it does not start, why, and what it told all the same."""

    started: StartedProject
    failure: str = ""


def ask_project(
    python: Path, folder: Path, settings: str = "", *, seconds: int = SECONDS
) -> Answer:
    """Start the project in this interpreter and return what it knows.

    Without settings it takes what its `manage.py` takes.
    Raise ProbeFailedError where no answer comes.
    """
    return answer_of(what_it_tells(python, folder, settings, seconds=seconds))


def answer_of(told: Mapping[str, Any]) -> Answer:
    """Return what was told, as it is used."""
    failure = told.get("failure")
    return Answer(started=started_project(told), failure=reason(failure) if failure else "")


def what_it_tells(
    python: Path, folder: Path, settings: str = "", *, seconds: int = SECONDS
) -> Mapping[str, Any]:
    """Return what the project tells as it comes, so that it can be kept.

    Raise ProbeFailedError where no answer comes.
    """
    command = [str(python), "-B", str(SCRIPT), str(folder), settings]
    environ = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        run = subprocess.run(  # noqa: S603 - the interpreter that the user has named
            command,
            cwd=folder,
            env=environ,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        msg = (
            f"The project did not start within {seconds} seconds in {python}. "
            f"See what it waits for with: {python} -B manage.py check"
        )
        raise ProbeFailedError(msg) from error
    except OSError as error:
        msg = f"{python} can't be run: {error.strerror}. Name another one with --python."
        raise ProbeFailedError(msg) from error
    return _between_marks(run.stdout, run.stderr, run.returncode, python)


def _between_marks(output: bytes, errors: bytes, status: int, python: Path) -> Mapping[str, Any]:
    """Return the answer; what a project's start-up files print may stand around it."""
    _, begun, rest = output.decode("utf-8", "replace").rpartition(BEGIN)
    text, ended, _ = rest.partition(END)
    if not begun or not ended:
        last = errors.decode("utf-8", "replace").strip().splitlines()[-LINES:]
        printed = "\n".join(last) or "nothing"
        msg = (
            f"{python} ended with status {status} and gave no answer. It printed:\n{printed}\n"
            f"Name the interpreter that runs the project with --python."
        )
        raise ProbeFailedError(msg)
    answer: Mapping[str, Any] = json.loads(text)
    return answer
