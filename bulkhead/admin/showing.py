"""What the pages of an aggregate show in the admin, and what of it can be edited."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import flatten_fieldsets
from django.utils.html import format_html

from bulkhead.admin.form_services import columns_of
from bulkhead.admin.listed_versions import ListedVersions
from bulkhead.admin.permitting import ServiceAdmin
from bulkhead.admin.problems import required
from bulkhead.admin.values import as_required
from bulkhead.admin.versions import FIELD, version_of

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.safestring import SafeString


class ShowingAdmin(ServiceAdmin):
    """Shows what a service takes to be edited, and the rest to be read."""

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:  # noqa: ARG002 - Django's names
        """Return what is declared, else all that is not there for the database alone.

        The key is among it where a new one has to be given.
        """
        if self.fields:
            return self.fields
        fixed = {self.model._meta.pk.name, "version"} - self._typed_key(adding=obj is None)
        shown = [field.name for field in self.model._meta.concrete_fields]
        return [*(name for name in shown if name not in fixed), *self.readonly_fields]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Leave out of a new one what nobody can fill; let one that is there bear its version."""
        if obj is None and self.add_fields:
            return [(None, {"fields": self.add_fields})]
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None:
            return _only(self._open_fields(adding=True), fieldsets)
        fieldsets = _only({*flatten_fieldsets(fieldsets)} - self._closed(adding=False), fieldsets)
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
        self, request: HttpRequest, obj: Model | None = None, change: Any = None, **kwargs: Any
    ) -> Any:
        """Let the form know what it makes values for."""
        made: Any = super().get_form(request, obj, change=bool(change), **kwargs)
        made.bulkhead_form_services = self.form_services
        made.bulkhead_request = request
        for name in self._closed(adding=obj is None):
            made.base_fields.pop(name, None)
        return made

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Require nothing that the domain lets be None, whatever forms a model had in mind."""
        return as_required(super().formfield_for_dbfield(db_field, request, **kwargs), db_field)

    def get_changelist_instance(self, request: HttpRequest) -> Any:
        """Let the rows of the page know the versions that it shows."""
        page = super().get_changelist_instance(request)
        versions = ListedVersions(page.result_list, request.user)
        for row in page.result_list:
            row._bulkhead_versions = versions
        return page

    def action_checkbox(self, obj: Model) -> SafeString:
        """Return the checkbox, and beside the first one the versions that this page shows."""
        versions: ListedVersions | None = getattr(obj, "_bulkhead_versions", None)
        shown = "" if versions is None else versions.input_once()
        return format_html("{}{}", super().action_checkbox(obj), shown)

    def _open_fields(self, *, adding: bool) -> frozenset[str]:
        """Return the names of what a form may set, fields of its own and the version included."""
        if self.form_services is None:
            return frozenset()
        own = self._own_form_fields().keys() - {FIELD} - self._closed(adding=adding)
        return (
            self.form_services.columns(adding=adding) | own | (frozenset() if adding else {FIELD})
        )

    def _closed(self, *, adding: bool) -> set[str]:
        """Return the fields of its own that a form leaves out, as its service does not take them.

        What only the other page's service takes must not be required here.
        """
        services = self.form_services
        taken = frozenset() if services is None else services.parameters(adding=adding)
        return self._own_form_fields().keys() - taken - {FIELD}

    def _typed_key(self, *, adding: bool) -> frozenset[str]:
        """Return the name of the key's column, where who adds a row has to give the key."""
        service = self.form_services.add if adding and self.form_services is not None else None
        key = None if service is None else service.shape.key
        if service is None or key is None or key.name not in required(service.parameters):
            return frozenset()
        return columns_of(service.shape, service.takes & {key.name}, keyed=True)

    def _own_form_fields(self) -> Mapping[str, Any]:
        """Return the fields that a form declares besides the columns."""
        declared: Mapping[str, Any] = self.form.declared_fields
        return declared


def _only(names: Collection[object], fieldsets: Any) -> list[Any]:
    """Return the fieldsets with these fields alone, without those that are empty then."""
    found = []
    for title, options in fieldsets:
        fields = [kept for entry in options["fields"] if (kept := _kept(names, entry))]
        if fields:
            found.append((title, {**options, "fields": fields}))
    return found


def _kept(names: Collection[object], entry: Any) -> Any:
    if isinstance(entry, list | tuple):
        return tuple(name for name in entry if name in names)
    return entry if entry in names else None
