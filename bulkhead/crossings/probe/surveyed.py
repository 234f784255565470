"""A project, asked and described: what every command outside of it begins with."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bulkhead.conf import BulkheadSettings
from bulkhead.crossings.described import describe_started
from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.probe.bulkhead_probe.answering import gathered
from bulkhead.crossings.probe.handed_over import started_project
from bulkhead.crossings.probe.interpreters import FoundInterpreter, find_interpreter
from bulkhead.crossings.probe.remembering import Question, recall, remember
from bulkhead.crossings.probe.running import Answer, answer_of, what_it_tells
from bulkhead.crossings.probe.unstarted import project_from_text
from bulkhead.crossings.started import StartedProject
from bulkhead.crossings.starting import (
    VARIABLE,
    FoundSettings,
    Naming,
    ProjectDoesNotStartError,
    find_settings,
)
from bulkhead.errors import listed

NAMING = Naming(source="--settings", advice="Name them: --settings your.settings")


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyedProject:
    """A project, and all that is to be known of it before its files are read."""

    folder: Path
    interpreter: FoundInterpreter
    started: StartedProject
    description: ProjectDescription
    settings: BulkheadSettings
    """What it says to Bulkhead, in its settings and its pyproject.toml."""

    declared: bool
    """Whether it has components; else each of its apps counts as one."""

    failure: str = ""
    """Why it does not start; then only what stands in its files is known."""

    missed: tuple[str, ...] = ()
    """What could not be asked, in sentences."""

    outdated: tuple[str, ...] = ()
    """The files of settings, URLs, apps and models that are different since it was asked."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the user names; the rest is found."""

    python: Path | None = None
    settings: str | None = None
    packages: tuple[str, ...] = ()
    is_inside: bool = False
    """Whether Bulkhead runs in the project's interpreter itself."""

    remembered: bool = False
    """Whether what the project told the last time will do, where it has been asked before."""


def survey_project(
    folder: Path, asked: Asked, *, environ: Mapping[str, str] = os.environ
) -> SurveyedProject:
    """Ask the project in a folder, in its own interpreter; where it can't start, read its text.

    Raise a BulkheadError where there is no such project.
    """
    interpreter = find_interpreter(
        asked.python, environ=environ, folder=folder, is_inside=asked.is_inside
    )
    try:
        found = find_settings(asked.settings, environ=environ, folder=folder, naming=NAMING)
    except ProjectDoesNotStartError:
        found = None
    question = Question(
        folder=folder,
        python=interpreter.path,
        settings=asked.settings or environ.get(VARIABLE, ""),
    )
    memory = recall(question) if asked.remembered else None
    answer = _ask(question, asked.settings or "") if memory is None else answer_of(memory.told)
    described = _described(
        _with_settings(answer, found, folder), folder, interpreter, asked.packages
    )
    return described if memory is None else replace(described, outdated=memory.outdated(folder))


def _ask(question: Question, settings: str) -> Answer:
    """Start the project, and keep what it tells for the next time, where it starts."""
    told = what_it_tells(question.python, question.folder, settings)
    answer = answer_of(told)
    if not answer.failure:
        remember(question, told, answer.started)
    return answer


def survey_here(folder: Path) -> SurveyedProject:
    """Return the project that runs already: for a command of `manage.py`."""
    answer = Answer(started=started_project(gathered()))
    interpreter = FoundInterpreter(path=Path(sys.executable), source="manage.py")
    return _described(answer, folder, interpreter, ())


def _described(
    answer: Answer, folder: Path, interpreter: FoundInterpreter, packages: Sequence[str]
) -> SurveyedProject:
    started, missed = answer.started, tuple(f"{one}." for one in answer.started.problems)
    if answer.failure:
        started, missed = project_from_text(started, folder, packages)
    described = describe_started(started, folder, packages=packages)
    return SurveyedProject(
        folder=folder,
        interpreter=interpreter,
        started=started,
        description=described.description,
        settings=described.settings,
        declared=described.declared,
        failure=_with_advice(answer.failure),
        missed=missed,
    )


def _with_settings(answer: Answer, settings: FoundSettings | None, folder: Path) -> Answer:
    """Return the answer; where it has no settings, with those that stand in `manage.py`."""
    if answer.started.settings_module:
        return answer
    if settings is not None:
        return replace(answer, started=replace(answer.started, settings_module=settings.module))
    return replace(answer, failure=_unnamed(folder))


def _with_advice(failure: str) -> str:
    if failure.startswith("ModuleNotFoundError: No module named 'django'"):
        return f"{failure}. Name the Python that runs the project: --python PATH"
    return failure


def _unnamed(folder: Path) -> str:
    below = sorted(file.parent.name for file in folder.glob("*/manage.py"))
    where = f" There is a manage.py in {listed(below)}: run this there." if below else ""
    return (
        f"no settings are named. Looked at {NAMING.source}, the environment variable {VARIABLE}, "
        f"and manage.py.{where} {NAMING.advice}"
    )
