"""What is wrong with how an admin names its services."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from inspect import Parameter, iscoroutinefunction
from typing import NamedTuple

from django.http import HttpRequest

Given = Mapping[str, Callable[[HttpRequest], object]]
"""What a service is given besides a row's data, each made of the request."""


class Problem(NamedTuple):
    """Why a service can't be called, and what to do."""

    text: str
    hint: str


def problem_of_kind(service: Callable[..., object]) -> Problem | None:
    """Return what keeps the admin from calling a service at all."""
    if iscoroutinefunction(service):
        return Problem(
            f"{named(service)} is a coroutine function.",
            "Give a plain function that does the work.",
        )
    return None


def required(parameters: Mapping[str, Parameter]) -> list[str]:
    """Return the parameters that have to be given, apart from the version."""
    variadic = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    return [
        name
        for name, parameter in parameters.items()
        if parameter.default is Parameter.empty
        and parameter.kind not in variadic
        and name != "version"
    ]


def named(service: Callable[..., object]) -> str:
    """Return what a message calls a service."""
    return f"{service.__module__}.{getattr(service, '__qualname__', repr(service))}"
