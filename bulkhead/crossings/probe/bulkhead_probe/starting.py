"""Starts a project as its `manage.py` would, and tells why it does not start."""

from __future__ import annotations

import os
import runpy
import sys
import traceback
from typing import Any, NoReturn

VARIABLE = "DJANGO_SETTINGS_MODULE"


def start(folder: str, settings: str) -> None:
    """Set Django up as `manage.py` would: with the path and the environment that it makes."""
    import django  # noqa: PLC0415 - the project's own, which can be missing

    if settings:
        os.environ[VARIABLE] = settings
    manage = os.path.join(folder, "manage.py")  # noqa: PTH118 - Path costs an import
    if os.path.isfile(manage):  # noqa: PTH113
        run_as_far_as_its_command(manage)
    if settings:
        os.environ[VARIABLE] = settings
    django.setup()


class CommandReached(BaseException):
    """`manage.py` has prepared all, and hands over to Django."""


def run_as_far_as_its_command(manage: str) -> None:
    """Run `manage.py` up to the command; what else it raises, the start will tell better."""
    from django.core.management import ManagementUtility  # noqa: PLC0415

    def stop(*_: object) -> NoReturn:
        raise CommandReached

    utility: Any = ManagementUtility
    execute, arguments = utility.execute, sys.argv
    utility.execute, sys.argv = stop, [manage, "check"]
    try:
        runpy.run_path(manage, run_name="__main__")
    except (Exception, SystemExit, CommandReached):  # noqa: BLE001, S110
        pass
    finally:
        utility.execute, sys.argv = execute, arguments


def explained(error: BaseException, folder: str) -> dict[str, str]:
    """Return what was raised, and the last place of the project that it went through."""
    inside = os.path.join(folder, "")  # noqa: PTH118
    where = [
        f"{frame.filename[len(inside) :]}:{frame.lineno}"
        for frame in traceback.extract_tb(error.__traceback__)
        if frame.filename.startswith(inside) and "site-packages" not in frame.filename
    ]
    if isinstance(error, SyntaxError) and str(error.filename).startswith(inside):
        where.append(f"{str(error.filename)[len(inside) :]}:{error.lineno}")
    return {
        "type": type(error).__name__,
        "message": " ".join(str(error).replace(inside, "").split()),
        "where": where[-1] if where else "",
    }
