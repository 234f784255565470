"""Actions of the admin that call a service, row by row."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import TYPE_CHECKING, Any, NamedTuple

from django.contrib import messages
from django.contrib.admin.utils import model_format_dict, model_ngettext

from bulkhead.admin.refusals import refusal_of
from bulkhead.admin.versions import version_seen
from bulkhead.errors import BulkheadError, listed

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

Given = Mapping[str, Callable[["HttpRequest"], object]]


class Problem(NamedTuple):
    """Why a service can't be called for a row, and what to do."""

    text: str
    hint: str


class ServiceActionError(BulkheadError, TypeError):
    """A service can't be called for a row as the action is declared."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(f"{problem.text} {problem.hint}")
        self.problem = problem


@dataclass(eq=False, kw_only=True)
class ServiceAction:
    """Calls a service for each selected row, and tells what came of it."""

    service: Callable[..., object]
    label: str
    name: str
    given_key: str | None
    given: Given
    permission: str | None

    def __post_init__(self) -> None:
        """Bear what the admin asks an action for."""
        self.__name__ = self.name
        self.short_description = self.label
        self.allowed_permissions = (self.name,)

    def __call__(
        self, model_admin: ModelAdmin[Any], request: HttpRequest, queryset: QuerySet[Any]
    ) -> None:
        """Go through the rows in the order of the page; each is a transaction of its own."""
        done = 0
        try:
            for row in list(queryset):
                done += self._apply(model_admin, request, row)
        finally:
            if done:
                self._tell_success(model_admin, request, done)

    @property
    def problem(self) -> Problem | None:
        """What is wrong with the declaration; the service is not called to find out."""
        parameters = inspect.signature(self.service).parameters
        named = {*self.given, *filter(None, [self.given_key])}
        if iscoroutinefunction(self.service):
            return Problem(
                f"{_named(self.service)} is a coroutine function.",
                "Give a plain function that does the work.",
            )
        if unknown := named - set(parameters):
            return Problem(
                f"{_named(self.service)} takes no {listed(unknown)}. It takes: "
                f"{listed(parameters)}.",
                "Correct the name, or drop it.",
            )
        if len(open_ones := self._open(parameters)) != 1:
            return Problem(
                f"{_named(self.service)} has more than the row's key to be given, or no key: "
                f"{listed(open_ones)}.",
                "Name the key with key=..., and give the others: given={...: lambda request: ...}.",
            )
        return None

    def _open(self, parameters: Mapping[str, inspect.Parameter]) -> list[str]:
        """Return the parameters that only the row can fill."""
        required = {*_required(parameters), *filter(None, [self.given_key])}
        return [name for name in parameters if name in required - set(self.given)]

    def _key(self) -> str:
        if (problem := self.problem) is not None:
            raise ServiceActionError(problem)
        return self.given_key or self._open(inspect.signature(self.service).parameters)[0]

    def _apply(self, model_admin: ModelAdmin[Any], request: HttpRequest, row: Model) -> bool:
        try:
            self.service(**self._arguments(request, row))
        except Exception as error:
            refusal = refusal_of(error)
            if refusal is None:
                raise
            told = f"{self._label(model_admin)}: {row} is left as it was. {refusal}"
            model_admin.message_user(request, told, messages.ERROR)
            return False
        model_admin.log_change(request, row, self._label(model_admin))
        return True

    def _arguments(self, request: HttpRequest, row: Model) -> dict[str, object]:
        arguments = {name: give(request) for name, give in self.given.items()}
        arguments[self._key()] = row.pk
        if "version" in inspect.signature(self.service).parameters and "version" not in arguments:
            arguments["version"] = version_seen(request, row)
        return arguments

    def _label(self, model_admin: ModelAdmin[Any]) -> str:
        return self.label % model_format_dict(model_admin.opts)

    def _tell_success(self, model_admin: ModelAdmin[Any], request: HttpRequest, done: int) -> None:
        rows = model_ngettext(model_admin.opts, done)
        told = f"{self._label(model_admin)}: done for {done} {rows}."
        model_admin.message_user(request, told, messages.SUCCESS)


def service_action(  # noqa: PLR0913 - one for each thing that an action says
    service: Callable[..., object],
    *,
    label: str,
    name: str | None = None,
    key: str | None = None,
    given: Given | None = None,
    permission: str | None = None,
) -> ServiceAction:
    """Return an action for `AggregateAdmin.actions` that calls `service` for each selected row.

    The service takes keywords: the row's key, which is its only required parameter unless `key`
    names it; `version`, if it takes one, the version that the page showed; and what `given` makes
    of the request: `given={"on": lambda request: localdate()}`.

    Whoever may change the row may call it, unless `permission` ("invoicing.approve_invoice")
    names another permission.
    """
    return ServiceAction(
        service=service,
        label=label,
        name=name or str(getattr(service, "__name__", "")),
        given_key=key,
        given=given or {},
        permission=permission,
    )


def _required(parameters: Mapping[str, inspect.Parameter]) -> list[str]:
    variadic = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [
        name
        for name, parameter in parameters.items()
        if parameter.default is inspect.Parameter.empty
        and parameter.kind not in variadic
        and name != "version"
    ]


def _named(service: Callable[..., object]) -> str:
    return f"{service.__module__}.{getattr(service, '__qualname__', repr(service))}"
