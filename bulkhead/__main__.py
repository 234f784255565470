"""`bulkhead`: a look at a Django project that has never heard of Bulkhead, and at its crossings."""

from __future__ import annotations

import os
import sys
import traceback
from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, cast

from bulkhead.crossings.probe.surveyed import Asked, SurveyedProject, survey_project
from bulkhead.errors import BulkheadError

COULD_NOT_RUN = 2


class Body(Protocol):
    """The module behind a subcommand."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take what is its own, beside --python, --settings and --package."""

    def run(self, project: SurveyedProject, options: Namespace) -> int:
        """Print the answer, and return the exit status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subcommand:
    """A subcommand, whose module is imported only where it is called."""

    module: str
    help: str


SUBCOMMANDS = {
    "survey": Subcommand(
        module="bulkhead.adoption.command",
        help="Show what ties the apps of this project together, and where to begin.",
    ),
    "checkcomponents": Subcommand(
        module="bulkhead.crossings.command",
        help="Tell which crossings are new, known and gone, and keep the ledger.",
    ),
}


def main(arguments: Sequence[str] | None = None, *, is_inside: bool = False) -> int:
    """Run a subcommand on the project in this folder, and return the exit status.

    `is_inside` says that it was started with the project's own interpreter.
    """
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser(given).parse_args(given)
    body = _body(options.subcommand)
    try:
        project = survey_project(
            Path.cwd(),
            Asked(
                python=options.python,
                settings=options.settings,
                packages=tuple(options.package),
                is_inside=is_inside,
                remembered=_wants_remembered(body, options),
            ),
        )
        return body.run(project, options)
    except BulkheadError as error:
        sys.stderr.write(f"{error}\n")
    except BrokenPipeError:  # whoever reads has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except Exception:  # noqa: BLE001 - 1 would say that there are crossings
        traceback.print_exc()
    return COULD_NOT_RUN


def _parser(given: Sequence[str]) -> ArgumentParser:
    parser = ArgumentParser(
        prog="bulkhead",
        description="Bulkhead, on a Django project that need not know it. Run it in the folder of "
        "the project's manage.py. Nothing is installed into the project, and no file is left in "
        "it.",
    )
    parser.add_argument("--version", action="version", version=version("django-bulkhead"))
    parsers = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
    for name, subcommand in SUBCOMMANDS.items():
        own = parsers.add_parser(name, help=subcommand.help, description=subcommand.help)
        if name in given[:1]:
            _add_common(own)
            _body(name).add_arguments(own)
    return parser


def _add_common(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--python",
        type=Path,
        metavar="PATH",
        help="The interpreter that runs the project, or the folder of its environment. Left out: "
        "that of the active environment, or of .venv or venv in the project.",
    )
    parser.add_argument(
        "--settings",
        metavar="MODULE",
        help="The project's settings. Left out: those that its manage.py takes.",
    )
    parser.add_argument(
        "--package",
        action="append",
        default=[],
        metavar="NAME",
        help="A package whose apps are the project's own, wherever it is installed; can be given "
        "more than once. Left out: all apps below this folder.",
    )


def _wants_remembered(body: Body, options: Namespace) -> bool:
    """Return whether a subcommand does without a start, where the project has been asked before."""
    asks = getattr(body, "wants_remembered", None)
    return asks is not None and bool(asks(options))


def _body(name: str) -> Body:
    return cast("Body", import_module(SUBCOMMANDS[name].module))


if __name__ == "__main__":
    sys.exit(main(is_inside=True))
