"""Parts of an aggregate under it, or its rows under another row."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar

from django.contrib.admin import StackedInline, TabularInline
from django.contrib.admin.options import InlineModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.db.models import IntegerField
from django.forms import CharField, NumberInput

from bulkhead.admin.form_services import FormServices, columns_of
from bulkhead.admin.naming import name_after_aggregate
from bulkhead.admin.parts import ORDER, PartForm, PartFormSet
from bulkhead.admin.passes import current_pass
from bulkhead.admin.references import ReferenceInline
from bulkhead.admin.values import as_required

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
    from django.db.models import Model, QuerySet
    from django.http import HttpRequest

    from bulkhead.admin.aggregates import AggregateAdmin
    from bulkhead.repositories.shapes import ChildrenField

    StockInline = InlineModelAdmin[Any, Any]
    StockTabularInline = TabularInline[Any, Any]
    StockStackedInline = StackedInline[Any, Any]
else:
    StockInline = InlineModelAdmin
    StockTabularInline, StockStackedInline = TabularInline, StackedInline


_WIDEST = 24
"""How many letters the input of a text shows at most, so that a table fits a page."""


class AggregateInline(ReferenceInline, StockInline):
    """Shows parts of an aggregate; they are edited where a service takes the field they are in.

    Under any other row they are only looked at.
    """

    read_fields: ClassVar[Any] = None
    """What is shown where nothing may be edited; None for the same as elsewhere."""

    initial: ClassVar[Mapping[str, object]] = {}
    """What the fields of a new part begin with: `{"currency": "EUR"}`."""

    class Media:
        """What lets the tables fit."""

        css: ClassVar = {"all": ("bulkhead/admin/forms.css",)}

    form = PartForm
    formset = PartFormSet
    extra = 0

    def __init__(self, parent_model: type[Model], admin_site: AdminSite) -> None:
        """Call the parts by the name of their class."""
        name_after_aggregate(self.model)
        super().__init__(parent_model, admin_site)
        if not issubclass(self.form, PartForm):
            combined: Any = type(self.form.__name__, (PartForm, self.form), {})
            self.form = combined

    def field_of_parts(
        self, request: HttpRequest, obj: Model | None = None
    ) -> ChildrenField | None:
        """Return the field that this user may edit here, or None."""
        parent = self._parent
        services = self._form_services
        if parent is None or services is None:
            return None
        may = (
            parent.has_change_permission(request, obj)
            if obj
            else parent.has_add_permission(request)
        )
        return services.child(self.model, adding=obj is None) if may else None

    def get_extra(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> int:
        """Offer a first one where the aggregate is new."""
        return max(super().get_extra(request, obj, **kwargs), 1 if obj is None else 0)

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tell whether parts may be added: whoever may change the aggregate may."""
        return self.field_of_parts(request, obj) is not None

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tell whether parts may be changed: whoever may change the aggregate may."""
        return self.field_of_parts(request, obj) is not None

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Tell whether parts may be taken out: whoever may change the aggregate may."""
        return self.field_of_parts(request, obj) is not None

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Let whoever sees the aggregate see its parts."""
        if self._parent is not None and self._form_services is not None:
            return self._parent.has_view_permission(request, obj)
        return super().has_view_permission(request, obj)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the rows in the order in which the aggregate has them."""
        rows = super().get_queryset(request)
        services = self._form_services
        if services is None:
            return rows
        for field in services.shape.children:
            if field.shape.model is self.model:
                return rows.order_by(*filter(None, [field.order_by, "pk"]))
        return rows

    def get_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return what is declared, else all that is not there for the database alone."""
        if self.read_fields and self.field_of_parts(request, obj) is None:
            return self.read_fields
        if self.fields:
            return self.fields
        hidden = {self.model._meta.pk.name, *self._led_by()}
        shown = [field.name for field in self.model._meta.concrete_fields]
        return [*(name for name in shown if name not in hidden), *self.readonly_fields]

    def get_fieldsets(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Put the order of the parts first, where it can be changed, and what tells them apart."""
        fieldsets = super().get_fieldsets(request, obj)
        field = self.field_of_parts(request, obj)
        if field is None:
            return fieldsets
        more = [name for name in (self._hidden_key, field.place and ORDER) if name]
        found = [_without(field.place, fieldset) for fieldset in fieldsets]
        (name, options), *others = found
        return [(name, {**options, "fields": (*more, *options["fields"])}), *others]

    def get_exclude(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Let no form set the key of a row."""
        return [*(super().get_exclude(request, obj) or ()), self.model._meta.pk.name]

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        """Return all that no service takes."""
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        field = self.field_of_parts(request, obj)
        open_ones: set[str] = set()
        if field is not None:
            names = frozenset(found.name for found in field.shape.fields)
            open_ones = {ORDER, self.model._meta.pk.name, *columns_of(field.shape, names)}
        open_ones -= set(self.readonly_fields)  # which may be shown in one case, and not in another
        return [name for name in shown if name not in open_ones]

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """Require nothing that the domain lets be None; make an input as wide as its text."""
        if db_field.name in self.initial:
            kwargs.setdefault("initial", self.initial[db_field.name])
        made = as_required(super().formfield_for_dbfield(db_field, request, **kwargs), db_field)
        if isinstance(made, CharField) and made.max_length:
            made.widget.attrs["size"] = min(made.max_length, _WIDEST)
        return made

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """Let the forms know what they make."""
        made = super().get_formset(request, obj, **kwargs)
        field = self.field_of_parts(request, obj)
        if not issubclass(made, PartFormSet):
            return made
        made.bulkhead_request = request
        made.bulkhead_field = field
        made.bulkhead_may_add = self.has_add_permission(request, obj)
        made.bulkhead_may_change = self.has_change_permission(request, obj)
        if field is not None and self._form_services is not None:
            made.bulkhead_repository = self._form_services.repository
            current_pass(request).children.add(field.name)
        if field is None or field.place is None:
            made.form.base_fields.pop(ORDER, None)
        elif ORDER in made.form.base_fields:
            made.form.base_fields[ORDER] = self._ordering(made.form.base_fields[ORDER])
        return made

    def _ordering(self, field: Any) -> Any:
        """Return the field with an input for numbers as this admin, or its theme, has them."""
        overrides: Any = self.formfield_overrides
        widget = overrides.get(IntegerField, {}).get("widget", NumberInput)
        found = copy(field)
        found.widget = widget(attrs={**field.widget.attrs})
        return found

    def _led_by(self) -> set[str]:
        """Return the foreign keys to the row above."""
        return {
            field.name
            for field in self.model._meta.concrete_fields
            if field.remote_field is not None and field.related_model is self.parent_model
        }

    @property
    def _hidden_key(self) -> str | None:
        """The key, where Django would not add it to a form by itself."""
        key = self.model._meta.pk
        added = self.model._meta.auto_field is not None or not key.editable
        return None if added else key.name

    @property
    def _parent(self) -> AggregateAdmin | None:
        from bulkhead.admin.aggregates import AggregateAdmin  # noqa: PLC0415 - it asks for us

        found = self.admin_site._registry.get(self.parent_model)
        return found if isinstance(found, AggregateAdmin) else None

    @property
    def _form_services(self) -> FormServices | None:
        parent = self._parent
        return None if parent is None else parent.form_services


class AggregateTabularInline(AggregateInline, StockTabularInline):
    """Shows them as a table."""


class AggregateStackedInline(AggregateInline, StockStackedInline):
    """Shows them one below the other."""


def _without(name: str | None, fieldset: Any) -> Any:
    title, options = fieldset
    return title, {**options, "fields": [field for field in options["fields"] if field != name]}
