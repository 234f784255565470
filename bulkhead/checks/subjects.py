"""The checks of each subject, imported when they run for the first time.

Importing all of them would cost every start of a project a fifth more, and most never run one.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, TypeVar

from django.core.checks import CheckMessage, Tags, register

C = TypeVar("C", bound=Callable[..., list[CheckMessage]])

SUBJECTS: dict[str, tuple[str, ...]] = {
    "admin": ("bulkhead",),
    "api": ("bulkhead",),
    "atomic": ("bulkhead",),
    "commands": ("bulkhead",),
    "databases": ("bulkhead",),
    "dependencies": ("bulkhead",),
    "endpoints": ("bulkhead",),
    "lists": ("bulkhead",),
    "migrations": ("bulkhead", Tags.database),
    "operation_ids": ("bulkhead",),
    "packages": ("bulkhead",),
    "public": ("bulkhead",),
    "reference_pages": ("bulkhead",),
    "references": (Tags.models,),
    "relations": (Tags.models,),
    "repositories": (Tags.models,),
}
"""The module of each subject in `bulkhead.checks`, and Django's tags for its checks."""

_checks: dict[str, list[Callable[..., list[CheckMessage]]]] = {}


def check(function: C) -> C:
    """Let this function run with the checks of its module's subject."""
    _checks.setdefault(function.__module__, []).append(function)
    return function


def placed(message: CheckMessage, obj: object) -> CheckMessage:
    """Return the message, which shows first what it is about, unless it says that already."""
    message.obj = message.obj or obj
    return message


def register_subjects() -> None:
    """Register one check with Django for each subject."""
    for subject, tags in SUBJECTS.items():
        register(_late(f"bulkhead.checks.{subject}"), *tags)


def checks_of(module: str) -> list[Callable[..., list[CheckMessage]]]:
    """Return the checks of a module, which is imported now at the latest."""
    import_module(module)
    return _checks[module]


@cache  # Django calls ready() again where a test changes INSTALLED_APPS
def _late(module: str) -> Callable[..., list[CheckMessage]]:
    def run(**given: Any) -> list[CheckMessage]:
        return [message for check in checks_of(module) for message in check(**given)]

    return run
