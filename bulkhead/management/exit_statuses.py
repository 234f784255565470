"""The exit status of a command of Bulkhead that could not run: 2, for 1 has a meaning there.

Django ends `manage.py` with 1 where the settings, an app or a command fails.
"""

from __future__ import annotations

import sys
from types import TracebackType
from typing import NoReturn

COULD_NOT_RUN = 2
_FAILED = 1

_COMMANDS = frozenset({"checkcomponents", "checkreferences", "exportopenapi", "seal"})
"""Those that end with 1 where they have found something."""


def tell_failures_apart() -> None:
    """Let what nobody catches end a command of Bulkhead with 2, and any other as ever."""
    if failure_status() == COULD_NOT_RUN:
        sys.excepthook = _end_the_run


def failure_status() -> int:
    """Return the exit status for a run that has failed."""
    return COULD_NOT_RUN if _COMMANDS.intersection(sys.argv[1:2]) else _FAILED


def _end_the_run(
    kind: type[BaseException], error: BaseException, traceback: TracebackType | None
) -> NoReturn:
    sys.__excepthook__(kind, error, traceback)
    raise SystemExit(COULD_NOT_RUN)
