"""The rows behind an aggregate in the admin: looked at there, and changed by services alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NoReturn

from django.contrib import messages
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.db.transaction import non_atomic_requests
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import urlencode

from bulkhead.admin import saving
from bulkhead.admin.forms import AggregateForm
from bulkhead.admin.naming import repository_behind
from bulkhead.admin.parts import PartFormSet
from bulkhead.admin.passes import begin_pass, current_pass
from bulkhead.admin.permitting import PastTheDomainError
from bulkhead.admin.references import ReferenceAdmin
from bulkhead.admin.refusals import FinalError, Refusal, RefusedError, field_of, refusing
from bulkhead.admin.showing import ShowingAdmin
from bulkhead.admin.versions import FIELD, seen_version, signed_version
from bulkhead.repositories.registry import rows_of

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest

    from bulkhead.admin.form_services import FormServices


_OF_POPUPS = (IS_POPUP_VAR, TO_FIELD_VAR)


class AggregateAdmin(ReferenceAdmin, ShowingAdmin):
    """Shows the rows behind an aggregate, with list, search, filters, inlines and history.

    They are changed by the services that it names, which are given what they take: fields of the
    aggregate by name, built as its repository declares them, and `version`. What no service
    takes is read-only.
    """

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
            adding = object_id is None or "_saveasnew" in request.POST
            begin_pass(request, refusal=self._located(refused, adding=adding))
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
            return HttpResponseRedirect(self._page(request, object_id))

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: Any) -> None:  # noqa: ARG002 - Django's names
        """Leave it to `save_related`, which has the parts too; refuse whoever else asks."""
        if not isinstance(form, AggregateForm) or not current_pass(request).is_saved:
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
            self._change(request, form, values, _touched(form, ours, self.form_services))
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
        with refusing():
            seen = seen_version(request.GET.get(FIELD), obj, request.user)
        self._delete(request, obj, None if seen is None else seen.version)

    def delete_queryset(self, request: HttpRequest, queryset: Any) -> NoReturn:  # noqa: ARG002 - Django's names
        """Refuse: each is deleted by itself."""
        raise PastTheDomainError(self.model)

    def delete_through_service(self, request: HttpRequest, row: Model, version: int | None) -> None:
        """Delete one of several, in a transaction of its own."""
        saving.retrying(self.opts.app_label, lambda: self._delete(request, row, version))

    def log_deletions(self, request: HttpRequest, queryset: Any) -> list[Any]:  # noqa: ARG002 - Django's names
        """Write nothing yet: Django asks before the service has agreed."""
        return []

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Return what goes along; for parts nobody needs a permission of their own.

        For the rows themselves one may be needed for each: this is where bulk delete asks for it.
        """
        shown, counts, missing, protected = super().get_deleted_objects(objs, request)
        if self.form_services is not None:
            _whole, *parts = rows_of(self.form_services.repository)
            missing -= {row._meta.verbose_name for row in parts} - {self.opts.verbose_name}
        return shown, counts, missing, protected

    def _add(self, request: HttpRequest, form: Any, values: Mapping[str, object]) -> None:
        services = self.required_form_services
        if services.add is None:
            raise PastTheDomainError(self.model)
        service = services.add
        form.instance.pk = saving.in_one_transaction(
            self.opts.app_label, lambda: saving.add(services, service, request, values)
        )
        form.instance._state.adding = False

    def _change(
        self,
        request: HttpRequest,
        form: Any,
        values: Mapping[str, object],
        touched: frozenset[str],
    ) -> None:
        services, seen = self.required_form_services, current_pass(request).seen
        saving.in_one_transaction(
            self.opts.app_label,
            lambda: saving.change(
                services,
                request,
                values,
                row=form.instance,
                version=None if seen is None else seen.version,
                changed=touched,
                may_rebuild=lambda: self._require_not_final(request, form.instance.pk),
            ),
        )

    def _require_not_final(self, request: HttpRequest, key: object) -> None:
        """Raise FinalError for a row that is final as it is stored, whatever the form says."""
        row = self.get_queryset(request).get(pk=key)
        if self.is_final(row):
            raise FinalError(row)

    def _delete(self, request: HttpRequest, row: Model, version: int | None) -> None:
        services = self.required_form_services
        if services.delete is None:
            raise PastTheDomainError(self.model)
        service = services.delete
        log = super().log_deletions

        def change() -> None:
            saving.delete(services, service, request, row=row, version=version)
            log(request, [row])  # type: ignore[arg-type] # Django passes lists, too

        saving.in_one_transaction(self.opts.app_label, change)

    def _located(self, refused: RefusedError, *, adding: bool) -> Refusal:
        fields = (
            frozenset() if self.form_services is None else self.form_services.fields(adding=adding)
        )
        field = field_of(refused.error, fields, self.error_fields)
        return Refusal(told=refused.told, field=field)

    def _with_version(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Return to the same page, at an address that bears the version that it shows."""
        row = self.get_object(request, unquote(object_id))
        query = request.GET.copy()
        may = row is not None and self.has_delete_permission(request, row)
        query[FIELD] = (signed_version(row, request.user) if row is not None and may else "") or ""
        return HttpResponseRedirect(f"{request.path}?{query.urlencode()}")

    def _page(self, request: HttpRequest, object_id: str) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_change"
        page = reverse(name, args=[object_id], current_app=self.admin_site.name)
        kept: dict[str, str] = {
            name: request.GET[name] for name in _OF_POPUPS if name in request.GET
        }
        return f"{page}?{urlencode(kept)}" if kept else page


def _touched(
    form: Any, formsets: list[PartFormSet], services: FormServices | None
) -> frozenset[str]:
    """Return the fields of the aggregate that somebody has changed in the form."""
    if services is None:
        return frozenset()
    changed = {*form.changed_data} - {FIELD}
    by_name = {column.name: column.attname for column in services.shape.model._meta.concrete_fields}
    columns = {by_name.get(name, name) for name in changed}
    single = {
        field.name
        for field in services.shape.fields
        if columns & {leaf.column for leaf in field.leaves}
    }
    parts = {
        formset.bulkhead_field.name
        for formset in formsets
        if formset.bulkhead_field is not None and formset.has_changed()
    }
    own = changed - by_name.keys()
    return frozenset(single | parts | own)
