"""Actions of the admin that call a service, row by row."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import model_format_dict

from bulkhead.admin.listed_versions import listed_version
from bulkhead.admin.outcomes import Outcome
from bulkhead.admin.passes import acting
from bulkhead.admin.problems import Given, Problem, named, problem_of_kind, required
from bulkhead.admin.refusals import NotPermittedError
from bulkhead.admin.saving import in_one_transaction, label_of, retrying
from bulkhead.admin.versions import UnseenVersionError, version_of
from bulkhead.errors import BulkheadError, listed

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

__all__ = ["Problem", "ServiceAction", "ServiceActionError", "service_action"]


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
        with Outcome(model_admin, request, label=self._label(model_admin)) as outcome:
            for row in list(queryset):
                with outcome.of(row):
                    self._require_permission(model_admin, request, row)
                    self._apply(model_admin, request, row)

    @property
    def problem(self) -> Problem | None:
        """What is wrong with the declaration; the service is not called to find out."""
        parameters = inspect.signature(self.service).parameters
        known = {*self.given, *filter(None, [self.given_key])}
        if (wrong := problem_of_kind(self.service)) is not None:
            return wrong
        if unknown := known - set(parameters):
            return Problem(
                f"{named(self.service)} takes no {listed(unknown)}. It takes: "
                f"{listed(parameters)}.",
                "Correct the name, or drop it.",
            )
        if len(open_ones := self._open(parameters)) != 1:
            return Problem(
                f"{named(self.service)} has more than the row's key to be given, or no key: "
                f"{listed(open_ones)}.",
                "Name the key with key=..., and give the others: given={...: lambda request: ...}.",
            )
        return None

    def _open(self, parameters: Mapping[str, inspect.Parameter]) -> list[str]:
        """Return the parameters that only the row can fill."""
        needed = {*required(parameters), *filter(None, [self.given_key])}
        return [name for name in parameters if name in needed - set(self.given)]

    def _key(self) -> str:
        if (problem := self.problem) is not None:
            raise ServiceActionError(problem)
        return self.given_key or self._open(inspect.signature(self.service).parameters)[0]

    def _require_permission(
        self, model_admin: ModelAdmin[Any], request: HttpRequest, row: Model
    ) -> None:
        """Raise NotPermittedError where an admin lets this user change others, but not this one."""
        if self.permission is not None:
            return
        with acting(request):
            if not model_admin.has_change_permission(request, row):
                raise NotPermittedError(row)

    def _apply(self, model_admin: ModelAdmin[Any], request: HttpRequest, row: Model) -> None:
        arguments = self._arguments(request, row)
        label = label_of(self.service, type(row))

        def change() -> None:
            self.service(**arguments)
            model_admin.log_change(request, row, self._label(model_admin))

        retrying(label, lambda: in_one_transaction(label, change))

    def _arguments(self, request: HttpRequest, row: Model) -> dict[str, object]:
        arguments = {name: give(request) for name, give in self.given.items()}
        arguments[self._key()] = row.pk
        if "version" in inspect.signature(self.service).parameters and "version" not in arguments:
            arguments["version"] = version_to_act_on(request, row)
        return arguments

    def _label(self, model_admin: ModelAdmin[Any]) -> str:
        return self.label % model_format_dict(model_admin.opts)


def version_to_act_on(request: HttpRequest, row: Model) -> int | None:
    """Return the version that the page showed of a row.

    Where all rows of all pages are selected, a row that was on no page is taken as the selection
    has found it.
    Raise UnseenVersionError for any other row whose version was not sent, or not as we signed it.
    """
    now = version_of(row)
    if now is None:
        return None
    shown = listed_version(request, row)
    if shown is not None:
        return shown
    if request.POST.get("select_across") != "1":
        raise UnseenVersionError(row)
    return now


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

    Whoever may change the row may call it, for each row as `has_change_permission` says, unless
    `permission` ("invoicing.approve_invoice") names another permission.
    """
    return ServiceAction(
        service=service,
        label=label,
        name=name or str(getattr(service, "__name__", "")),
        given_key=key,
        given=given or {},
        permission=permission,
    )
