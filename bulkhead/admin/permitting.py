"""Who may do what to an aggregate in the admin, and through which services."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from inspect import getattr_static
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin import ModelAdmin
from django.contrib.auth import get_permission_codename

from bulkhead.admin.actions import ServiceAction
from bulkhead.admin.deleting import DeleteAggregates
from bulkhead.admin.form_services import FormServices, form_services_of
from bulkhead.admin.forms import AggregateForm
from bulkhead.admin.naming import name_after_aggregate, repository_behind
from bulkhead.admin.passes import acting, is_acting
from bulkhead.admin.refusals import ErrorFields
from bulkhead.errors import BulkheadError
from bulkhead.repositories.planning import shape_of

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
    from django.db.models import Model
    from django.http import HttpRequest

    from bulkhead.admin.problems import Given

    StockAdmin = ModelAdmin[Any]
else:
    StockAdmin = ModelAdmin

Service = Callable[..., object]
SERVICES = ("add_with", "change_with", "delete_with")


class PastTheDomainError(BulkheadError):
    """The admin was about to write a row whose rules live in the domain."""

    def __init__(self, model: type[Model]) -> None:
        super().__init__(
            f"{model.__name__} is the row of an aggregate: the admin does not write it, for the "
            f"rules of the domain would not hold. Name a service: add_with, change_with, "
            f"delete_with, or an action by service_action(...)."
        )


class ServiceAdmin(StockAdmin):
    """Names the services that may change an aggregate; nobody may do what none of them does."""

    add_with: ClassVar[Service | None] = None
    """Adds an aggregate, and returns it or its key."""

    change_with: ClassVar[Service | None] = None
    """Changes the aggregate whose key it is given."""

    delete_with: ClassVar[Service | None] = None
    """Removes the aggregate whose key it is given."""

    rebuild_fields: ClassVar[tuple[str, ...]] = ()
    """Fields of the aggregate that are saved by its constructor and its repository."""

    given: ClassVar[Given] = {}
    """What the services are given besides, each made of the request."""

    error_fields: ClassVar[ErrorFields] = {}
    """Beside which field an error of the domain is told, where none of its attributes says so."""

    add_fields: ClassVar[Any] = None
    """What the page shows that adds one; None for those of `fields` that can be filled there."""

    form = AggregateForm

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Keep the services plain functions, a mixin's too: a class body would bind them."""
        super().__init_subclass__(**kwargs)
        for name in SERVICES:
            if isinstance(service := getattr_static(cls, name), FunctionType):
                setattr(cls, name, staticmethod(service))

    def __init__(self, model: type[Model], admin_site: AdminSite) -> None:
        """Answer for the permission of each action; the admin asks for it by name."""
        name_after_aggregate(model)
        super().__init__(model, admin_site)
        if not issubclass(self.form, AggregateForm):
            self.form = _combined(self.form)
        self.list_editable = ()  # type: ignore[misc] # there is no form that saves a list
        if self.delete_with is not None and self.actions is not None:
            deleting: Any = DeleteAggregates()
            self.actions = [*self.actions, deleting]
        for action in self.actions or ():
            if isinstance(action, ServiceAction):
                setattr(self, f"has_{action.__name__}_permission", partial(self._may, action))

    @cached_property
    def form_services(self) -> FormServices | None:
        """What the services take; None for a row that is no aggregate, but a part of one."""
        repository = repository_behind(self.model)
        if repository is None or repository.row_class is not self.model._meta.concrete_model:
            return None
        return form_services_of(
            repository,
            shape_of(repository, repository.aggregate_class),
            {"add": self.add_with, "change": self.change_with, "delete": self.delete_with},
            given=self.given,
            rebuild=self.rebuild_fields,
            own=self.form.declared_fields,
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let those add who may, where a service does it."""
        return self.add_with is not None and self._has("add", request)

    def is_final(self, row: Any) -> bool:  # noqa: ARG002 - for whoever overrides it
        """Tell whether a row's page is to be read alone, as nothing can be changed any more.

        It decides what a page offers, and that nothing is rebuilt any more. Whether any other
        change is accepted, the service decides.
        """
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let those change it who may, where a service takes something of it.

        An action without a permission of its own asks for each row, and has a service itself.
        """
        if is_acting(request):
            return self._has("change", request)
        if self.change_with is None and not self.rebuild_fields:
            return False
        return self._is_offered(request, obj) and self._has("change", request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let those delete it who may, where a service does it; never as part of something else."""
        if self.delete_with is None or self._is_asked_by_another(request):
            return False
        return self._is_offered(request, obj) and self._has("delete", request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Let those look who have the permission to view the row, or to change it."""
        return self._has("view", request) or self._has("change", request)

    @property
    def required_form_services(self) -> FormServices:
        """The services of its forms; PastTheDomainError where there is no aggregate."""
        if self.form_services is None:
            raise PastTheDomainError(self.model)
        return self.form_services

    def _is_offered(self, request: HttpRequest, row: Model | None) -> bool:
        return row is None or request.method != "GET" or not self.is_final(row)

    def _is_asked_by_another(self, request: HttpRequest) -> bool:
        """Tell whether another admin's page asks, which would delete past the service."""
        match = getattr(request, "resolver_match", None)
        asking = getattr(getattr(match, "func", None), "model_admin", self)
        return asking is not self

    def _may(self, action: ServiceAction, request: HttpRequest) -> bool:
        if action.permission is not None:
            return request.user.has_perm(action.permission)
        with acting(request):
            return self.has_change_permission(request)

    def _has(self, what: str, request: HttpRequest) -> bool:
        codename = get_permission_codename(what, self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")


def _combined(form: Any) -> type[AggregateForm]:
    """Return a form that is somebody's own, and ours."""
    made: type[AggregateForm] = type(form.__name__, (AggregateForm, form), {})
    return made
