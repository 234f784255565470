"""The rows behind an aggregate in the admin: to look at, and to act on by services."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from django.contrib.admin import ModelAdmin, StackedInline, TabularInline
from django.contrib.auth import get_permission_codename
from django.utils.html import format_html

from bulkhead.admin.actions import ServiceAction
from bulkhead.admin.references import ReferenceAdmin, ReferenceInline
from bulkhead.admin.versions import version_input
from bulkhead.errors import BulkheadError

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

    StockAdmin = ModelAdmin[Any]
    StockTabularInline = TabularInline[Any, Any]
    StockStackedInline = StackedInline[Any, Any]
else:
    StockAdmin, StockTabularInline, StockStackedInline = ModelAdmin, TabularInline, StackedInline


class PastTheDomainError(BulkheadError):
    """The admin was about to write a row whose rules live in the domain."""

    def __init__(self, model: type[Model]) -> None:
        super().__init__(
            f"{model.__name__} is the row of an aggregate: the admin does not write it, for the "
            f"rules of the domain would not hold. Call a service by an action: "
            f"service_action(...)."
        )


class AggregateAdmin(ReferenceAdmin, StockAdmin):
    """Shows the rows behind an aggregate, with list, search, filters, inlines and history.

    They are changed by its actions alone: `actions = [service_action(approve_invoice, ...)]`.
    """

    def __init__(self, model: type[Model], admin_site: AdminSite) -> None:
        """Answer for the permission of each action; the admin asks for it by name."""
        super().__init__(model, admin_site)
        for action in self.actions or ():
            if isinstance(action, ServiceAction):
                setattr(self, f"has_{action.__name__}_permission", partial(self._may, action))

    def has_add_permission(self, request: HttpRequest) -> bool:  # noqa: ARG002 - Django's names
        """Refuse: no form makes an aggregate."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Refuse: no form changes an aggregate."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Refuse: nothing but a service removes an aggregate, also as part of something else."""
        return False

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Let those look who have the permission to view the row, or to change it."""
        return self._has("view", request) or self._has("change", request)

    def action_checkbox(self, obj: Model) -> SafeString:
        """Return the checkbox, and beside it the version that this page shows."""
        return format_html("{}{}", super().action_checkbox(obj), version_input(obj))

    def save_model(self, *_args: object) -> NoReturn:
        """Refuse, also where a subclass lets a form through."""
        raise PastTheDomainError(self.model)

    def save_formset(self, *_args: object) -> NoReturn:
        """Refuse, also where a subclass lets a form through."""
        raise PastTheDomainError(self.model)

    def delete_model(self, *_args: object) -> NoReturn:
        """Refuse, also where a subclass lets it through."""
        raise PastTheDomainError(self.model)

    def delete_queryset(self, *_args: object) -> NoReturn:
        """Refuse, also where a subclass lets it through."""
        raise PastTheDomainError(self.model)

    def _may(self, action: ServiceAction, request: HttpRequest) -> bool:
        if action.permission is None:
            return self._has("change", request)
        return request.user.has_perm(action.permission)

    def _has(self, what: str, request: HttpRequest) -> bool:
        codename = get_permission_codename(what, self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")


class AggregateInline(ReferenceInline):
    """Shows rows of an aggregate under another row, to look at."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Refuse: no form makes an aggregate or a part of one."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Refuse: no form changes an aggregate or a part of one."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Refuse: no form removes an aggregate or a part of one."""
        return False


class AggregateTabularInline(AggregateInline, StockTabularInline):
    """Shows them as a table."""


class AggregateStackedInline(AggregateInline, StockStackedInline):
    """Shows them one below the other."""
