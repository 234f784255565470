"""The rows behind an aggregate in the admin: looked at there, and changed by services alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property, partial
from types import FunctionType
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.contrib.auth import get_permission_codename
from django.db.transaction import non_atomic_requests
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html

from bulkhead.admin import saving
from bulkhead.admin.actions import ServiceAction
from bulkhead.admin.deleting import DeleteAggregates
from bulkhead.admin.doors import Doors, doors_of
from bulkhead.admin.forms import AggregateForm
from bulkhead.admin.naming import name_after_aggregate, repository_behind
from bulkhead.admin.parts import PartFormSet
from bulkhead.admin.passes import begin_pass, current_pass
from bulkhead.admin.refusals import ErrorFields, Refusal, RefusedError, field_of
from bulkhead.admin.versions import (
    FIELD,
    note_version,
    seen_version,
    signed_version,
    version_input,
    version_of,
)
from bulkhead.errors import BulkheadError
from bulkhead.repositories.planning import shape_of
from bulkhead.repositories.registry import rows_of

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

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


class AggregateAdmin(StockAdmin):
    """Shows the rows behind an aggregate, with list, search, filters, inlines and history.

    They are changed by the services that it names, which are given what they take: fields of the
    aggregate by name, built as its repository declares them, and `version`. What no service
    takes is read-only.
    """

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
    delete_selected_confirmation_template = "bulkhead/admin/delete_selected_confirmation.html"

    def __init_subclass__(cls, **kwargs: Any) -> None:
        """Keep the services plain functions: a class body would bind them."""
        super().__init_subclass__(**kwargs)
        for name in SERVICES:
            if isinstance(service := vars(cls).get(name), FunctionType):
                setattr(cls, name, staticmethod(service))

    def __init__(self, model: type[Model], admin_site: AdminSite) -> None:
        """Answer for the permission of each action; the admin asks for it by name."""
        name_after_aggregate(model)
        super().__init__(model, admin_site)
        if not issubclass(self.form, AggregateForm):
            self.form = type(self.form.__name__, (AggregateForm, self.form), {})
        self.list_editable = ()
        if self.delete_with is not None:
            self.actions = [*(self.actions or ()), DeleteAggregates()]
        for action in self.actions or ():
            if isinstance(action, ServiceAction):
                setattr(self, f"has_{action.__name__}_permission", partial(self._may, action))

    @cached_property
    def doors(self) -> Doors | None:
        """What the services take; None for a row that is no aggregate, but a part of one."""
        repository = repository_behind(self.model)
        if repository is None or repository.row_class is not self.model._meta.concrete_model:
            return None
        return doors_of(
            repository,
            shape_of(repository, repository.aggregate_class),
            {"add": self.add_with, "change": self.change_with, "delete": self.delete_with},
            given=self.given,
            rebuild=self.rebuild_fields,
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Let those add who may, where a service does it."""
        return self.add_with is not None and self._has("add", request)

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Let those change it who may, where a service takes something of it."""
        if self.change_with is None and not self.rebuild_fields:
            return False
        return self._has("change", request)

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Let those delete it who may, where a service does it; never as part of something else."""
        if self.delete_with is None or self._is_asked_by_another(request):
            return False
        return self._has("delete", request)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:  # noqa: ARG002 - Django's names
        """Let those look who have the permission to view the row, or to change it."""
        return self._has("view", request) or self._has("change", request)

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return what is declared, else all that is not there for the database alone."""
        if self.fields:
            return self.fields
        fixed = {self.model._meta.pk.name, "version"}
        shown = [field.name for field in self.model._meta.concrete_fields]
        return [*(name for name in shown if name not in fixed), *self.readonly_fields]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Leave out of a new one what nobody can fill; let one that is there bear its version."""
        if obj is None and self.add_fields:
            return [(None, {"fields": self.add_fields})]
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return _only(self._open_fields(adding=True), fieldsets)
        if not self.has_change_permission(request, obj) or version_of(obj) is None:
            return fieldsets
        (title, options), *others = fieldsets
        return [(title, {**options, "fields": (*options["fields"], FIELD)}), *others]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return all that no service takes."""
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        open_ones = self._open_fields(adding=obj is None) - set(self.readonly_fields)
        return [name for name in shown if name not in open_ones]

    def get_form(
        self, request: HttpRequest, obj: Model | None = None, change: bool = False, **kwargs: Any
    ) -> Any:
        """Let the form know what it makes values for."""
        made = super().get_form(request, obj, change=change, **kwargs)
        made.bulkhead_doors = self.doors
        made.bulkhead_request = request
        return made

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Let each row of the page know the version that it shows."""
        page = super().get_changelist_instance(request)
        for row in page.result_list:
            note_version(row, request.user)
        return page

    def action_checkbox(self, obj: Model) -> SafeString:
        """Return the checkbox, and beside it the version that this page shows."""
        return format_html("{}{}", super().action_checkbox(obj), version_input(obj))

    @non_atomic_requests
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the list, or act on it, outside of a transaction that would last longer."""
        return super().changelist_view(request, extra_context)

    @non_atomic_requests
    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the empty form, or add what it says."""
        return super().add_view(request, form_url, extra_context)

    @non_atomic_requests
    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the form, or change what it says."""
        return super().change_view(request, object_id, form_url, extra_context)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> Any:
        """Save, again after a lost race; what is refused is read once more, and told."""
        view = super().changeform_view

        def attempt() -> Any:
            begin_pass(request)
            return view(request, object_id, form_url, extra_context)

        try:
            return saving.retrying(self.opts.app_label, attempt)
        except RefusedError as refused:
            begin_pass(request, refusal=self._located(refused, adding=object_id is None))
            return view(request, object_id, form_url, extra_context)

    @non_atomic_requests
    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """Ask, at an address that bears the version, then delete; tell what is refused."""
        if request.method == "GET" and FIELD not in request.GET:
            return self._with_version(request, object_id)
        view = super().delete_view
        try:
            return saving.retrying(
                self.opts.app_label, lambda: view(request, object_id, extra_context)
            )
        except RefusedError as refused:
            self.message_user(request, refused.told, messages.ERROR)
            return HttpResponseRedirect(self._page(object_id))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:
        """Leave it to `save_related`, which has the parts too; refuse whoever else asks."""
        if not isinstance(form, AggregateForm):
            raise PastTheDomainError(self.model)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: Any) -> None:
        """Save rows that belong to no aggregate."""
        if formset is None or repository_behind(formset.model) is not None:
            raise PastTheDomainError(self.model)
        super().save_formset(request, form, formset, change)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """Call the service with all that the form says."""
        ours = [found for found in formsets if isinstance(found, PartFormSet)]
        parts = {f.bulkhead_field.name: f.parts for f in ours if f.bulkhead_field is not None}
        values = {**form.values, **parts}
        for formset in ours:
            formset.note_changes()
        if change:
            self._change(request, form, values, _touched(form, ours, self.doors))
        else:
            self._add(request, form, values)
        form.instance.refresh_from_db()
        for formset in formsets:
            if formset not in ours:
                self.save_formset(request, form, formset, change=change)

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        """Call the service with the version that the page has shown, which asked."""
        if self.delete_with is None:
            raise PastTheDomainError(self.model)
        with_version = seen_version(request.GET.get(FIELD), obj, request.user)
        self._delete(request, obj, None if with_version is None else with_version.version)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> NoReturn:
        """Refuse: each is deleted by itself."""
        raise PastTheDomainError(self.model)

    def delete_through_service(self, request: HttpRequest, row: Model, version: int | None) -> None:
        """Delete one of several, in a transaction of its own."""
        saving.retrying(self.opts.app_label, lambda: self._delete(request, row, version))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:
        """Write nothing yet: Django asks before the service has agreed."""
        return []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what goes along; for parts nobody needs a permission of their own."""
        shown, counts, missing, protected = super().get_deleted_objects(objs, request)
        if self.doors is not None:
            own = {row._meta.verbose_name for row in rows_of(self.doors.repository)}
            missing = {name for name in missing if name not in own}
        return shown, counts, missing, protected

    def _open_fields(self, *, adding: bool) -> frozenset[str]:
        """Return the names of what a form may set, fields of its own and the version included."""
        if self.doors is None:
            return frozenset()
        taken = self.doors.parameters(adding=adding)
        own = {name for name in self._own_form_fields() if name in taken}
        return self.doors.columns(adding=adding) | own | (frozenset() if adding else {FIELD})

    def _own_form_fields(self) -> Mapping[str, Any]:
        """Return the fields that a form declares besides the columns."""
        declared: Mapping[str, Any] = self.form.declared_fields  # type: ignore[attr-defined]
        return declared

    def _add(self, request: HttpRequest, form: Any, values: Mapping[str, object]) -> None:
        doors = self._required_doors
        if doors.add is None:
            raise PastTheDomainError(self.model)
        door = doors.add
        form.instance.pk = saving.in_one_transaction(
            self.opts.app_label, lambda: saving.add(doors, door, request, values)
        )
        form.instance._state.adding = False

    def _change(
        self,
        request: HttpRequest,
        form: Any,
        values: Mapping[str, object],
        touched: frozenset[str],
    ) -> None:
        doors, seen = self._required_doors, current_pass(request).seen
        saving.in_one_transaction(
            self.opts.app_label,
            lambda: saving.change(
                doors,
                request,
                values,
                row=form.instance,
                version=None if seen is None else seen.version,
                changed=touched,
            ),
        )

    def _delete(self, request: HttpRequest, row: Model, version: int | None) -> None:
        doors = self._required_doors
        if doors.delete is None:
            raise PastTheDomainError(self.model)
        door = doors.delete
        log = super().log_deletions

        def change() -> None:
            saving.delete(doors, door, request, row=row, version=version)
            log(request, [row])  # type: ignore[arg-type] # Django passes lists, too

        saving.in_one_transaction(self.opts.app_label, change)

    @property
    def _required_doors(self) -> Doors:
        if self.doors is None:
            raise PastTheDomainError(self.model)
        return self.doors

    def _located(self, refused: RefusedError, *, adding: bool) -> Refusal:
        fields = frozenset() if self.doors is None else self.doors.fields(adding=adding)
        field = field_of(refused.error, fields, self.error_fields)
        return Refusal(told=refused.told, field=field)

    def _with_version(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Return to the same page, at an address that bears the version that it shows."""
        row = self.get_object(request, unquote(object_id))
        query = request.GET.copy()
        shown = row is not None and self.has_view_permission(request, row)
        query[FIELD] = (
            signed_version(row, request.user) if row is not None and shown else ""
        ) or ""
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")

    def _page(self, object_id: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        return reverse(name, args=[object_id], current_app=self.admin_site.name)

    def _is_asked_by_another(self, request: HttpRequest) -> bool:
        """Tell whether another admin's page asks, which would delete past the service."""
        match = getattr(request, "resolver_match", None)
        asking = getattr(getattr(match, "func", None), "model_admin", self)
        return asking is not self

    def _may(self, action: ServiceAction, request: HttpRequest) -> bool:
        if action.permission is None:
            return self._has("change", request)
        return request.user.has_perm(action.permission)

    def _has(self, what: str, request: HttpRequest) -> bool:
        codename = get_permission_codename(what, self.opts)
        return request.user.has_perm(f"{self.opts.app_label}.{codename}")


def _only(names: frozenset[str], fieldsets: Any) -> list[Any]:
    """Return the fieldsets with these fields alone, without those that are empty then."""
    found = []
    for title, options in fieldsets:
        fields = [kept for entry in options["fields"] if (kept := _kept(names, entry))]
        if fields:
            found.append((title, {**options, "fields": fields}))
    return found


def _kept(names: frozenset[str], entry: Any) -> Any:
    if isinstance(entry, str):
        return entry if entry in names else None
    return tuple(name for name in entry if name in names)


def _touched(form: Any, formsets: list[PartFormSet], doors: Doors | None) -> frozenset[str]:
    """Return the fields of the aggregate that somebody has changed in the form."""
    if doors is None:
        return frozenset()
    changed = {*form.changed_data} - {FIELD}
    by_name = {column.name: column.attname for column in doors.shape.model._meta.concrete_fields}
    columns = {by_name.get(name, name) for name in changed}
    single = {
        field.name
        for field in doors.shape.fields
        if columns & {leaf.column for leaf in field.leaves}
    }
    parts = {
        formset.bulkhead_field.name
        for formset in formsets
        if formset.bulkhead_field is not None and formset.has_changed()
    }
    own = changed - by_name.keys()
    return frozenset(single | parts | own)
