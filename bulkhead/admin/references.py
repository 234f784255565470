"""References in the pages of the admin: searched for, called by their labels, and linked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from copy import copy
from functools import partial
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import HttpResponseNotAllowed
from django.urls import path

from bulkhead.admin.reference_filters import ReferenceListFilter
from bulkhead.admin.reference_searches import ListSearch, answer, can_search, reference_at
from bulkhead.admin.reference_widgets import (
    ReferenceColumn,
    ReferenceInput,
    ReferenceSelect,
    ShownReference,
    key_of,
    labels_of_page,
)
from bulkhead.references import Labels, ReferenceField, target_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.admin.helpers import InlineAdminFormSet
    from django.contrib.admin.options import BaseModelAdmin, InlineModelAdmin
    from django.contrib.admin.views.main import ChangeList
    from django.db.models import Field, Model, QuerySet
    from django.forms import BaseModelFormSet
    from django.http import HttpRequest, HttpResponse
    from django.urls import URLPattern

    Page = ModelAdmin[Any]
    Inline = InlineModelAdmin[Any, Any]
    Part = BaseModelAdmin[Any]
    List = ChangeList
    FormSet = BaseModelFormSet[Any, Any]
else:
    Page = Inline = Part = List = FormSet = object

__all__ = ["ReferenceAdmin", "ReferenceInline", "ReferenceListFilter"]

Ids = Iterable[tuple[str, Any]]


class _Checks:
    """Lets `autocomplete_fields` name a reference, which is one anyway."""

    def _check_autocomplete_fields_item(self, obj: Any, field_name: str, label: str) -> list[Any]:
        if reference_at(obj.model, field_name) is not None:
            return []
        found: list[Any] = super()._check_autocomplete_fields_item(obj, field_name, label)  # type: ignore[misc]
        return found


class _ReferenceForms(Part):
    """Lets a form search for a reference."""

    def check(self, **kwargs: Any) -> list[Any]:
        """Check as whoever stands behind would, references apart."""
        checks: Any = type(self.checks_class.__name__, (_Checks, self.checks_class), {})
        found: list[Any] = checks().check(self, **kwargs)
        return found

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """Return a field that searches for a reference, and refuses an unknown id."""
        if isinstance(db_field, ReferenceField):
            kwargs.setdefault("widget", self._widget(db_field, request))
            kwargs["labels"] = labels_of_page(request)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @property
    def references_url_name(self) -> str | None:
        """The name of the URL that answers a search, None where no page answers."""
        model = getattr(self, "parent_model", self.model)
        if not isinstance(self.admin_site._registry.get(model), ReferenceAdmin):
            return None
        return f"admin:{model._meta.app_label}_{model._meta.model_name}_references"

    def _widget(self, field: ReferenceField[Any, Any], request: HttpRequest) -> Any:
        shown = ShownReference(field, labels=labels_of_page(request), site=self.admin_site)
        url_name = self.references_url_name
        if url_name and can_search(target_of(field.reference), self.admin_site):
            return ReferenceSelect(shown, url_name=url_name)
        return ReferenceInput(shown)


class ReferenceInline(_ReferenceForms, Inline):
    """A part of a page whose rows hold references; it stands before Django's own class."""

    def get_formset(self, request: HttpRequest, obj: Model | None = None, **kwargs: Any) -> Any:
        """Return a formset that says beforehand what its forms will ask for."""
        formset = super().get_formset(request, obj, **kwargs)
        asks = {"references": _references(self.model), "labels": labels_of_page(request)}
        return type(formset.__name__, (_AskingFormSet, formset), asks)


class ReferenceAdmin(_ReferenceForms, Page):
    """A page whose rows hold references; it stands before Django's own class."""

    @property
    def media(self) -> Media:
        """The script that searches, which a filter of the list may need too."""
        chosen = map(_filtered_path, self.list_filter)
        if any(reference_at(self.model, name) for name in chosen if name):
            return super().media + AutocompleteSelect(None, self.admin_site).media
        return super().media

    def get_urls(self) -> list[URLPattern]:
        """Add the URL that answers a search."""
        opts = self.opts
        view = self.admin_site.admin_view(self.references_view)
        name = f"{opts.app_label}_{opts.model_name}_references"
        return [path("references/", view, name=name), *super().get_urls()]

    def references_view(self, request: HttpRequest) -> HttpResponse:
        """Answer whoever may use this page, and may search there."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        if not (self.has_view_or_change_permission(request) or self.has_add_permission(request)):
            raise PermissionDenied
        return answer(self._asked_for(request), request, self.admin_site)

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        """Return the columns, where references are called by their labels."""
        names = super().get_list_display(request)
        unlinked = super().get_list_display_links(request, names) or ()
        return [
            name if name in self.list_editable else self._shown(name, request, name not in unlinked)
            for name in names
        ]

    def get_list_display_links(self, request: HttpRequest, list_display: Any) -> Any:
        """Return the columns that lead to the row."""
        links = super().get_list_display_links(request, list_display)
        return links and [self._shown(name, request, linked=False) for name in links]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        """Return a list that says beforehand what its rows will ask for."""
        return type("ChangeList", (_AskingList, super().get_changelist(request, **kwargs)), {})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Find rows also by what their references are called."""
        search = ListSearch(self, request)
        if not search.paths or not search_term.strip():
            return super().get_search_results(request, queryset, search_term)
        alone: Any = copy(self)
        alone.get_search_fields = lambda _request: search.others
        stock = super(ReferenceAdmin, alone).get_search_results
        return search.results(queryset, search_term, stock=stock)

    def render_change_form(  # noqa: PLR0913, PLR0917 - Django's
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002 - Django's
        change: bool = False,  # noqa: FBT001, FBT002 - Django's
        form_url: str = "",
        obj: Model | None = None,
    ) -> HttpResponse:
        """Show what is read-only by its label, and ask once for all labels of the page."""
        adminform = context["adminform"]
        self._show(adminform, self, adminform.readonly_fields, request)
        instance = adminform.form.instance
        labels_of_page(request).expect(lambda: _ids_of([instance], _references(self.model)))
        for part in context["inline_admin_formsets"]:
            self._show(part, part.opts, _readonly_in(part), request)
            labels_of_page(request).expect(partial(_ids_in, part))
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _show(
        self, form: Any, part: BaseModelAdmin[Any], readonly: Iterable[Any], request: HttpRequest
    ) -> None:
        """Let a form of the page show the references that can't be changed by their labels."""
        columns = {
            field.name: _column(part, field, request)
            for field in _references(part.model)
            if field.name in readonly
        }
        form.readonly_fields = [columns.get(name, name) for name in form.readonly_fields]
        form.fieldsets = [
            (title, {**options, "fields": _replaced(options["fields"], columns)})
            for title, options in form.fieldsets
        ]

    def _shown(self, name: Any, request: HttpRequest, linked: bool) -> Any:  # noqa: FBT001
        field = reference_at(self.model, name) if isinstance(name, str) else None
        if field is None or field.name != name:
            return name
        return _column(self, field, request, linked=linked)

    def _asked_for(self, request: HttpRequest) -> ReferenceField[Any, Any]:
        """Return the reference that a search is for, which must be one of this page."""
        wanted = tuple(request.GET.get(name) for name in ("app_label", "model_name", "field_name"))
        for field in self._on_this_page(request):
            opts = field.model._meta
            if wanted == (opts.app_label, opts.model_name, field.name):
                return field
        raise PermissionDenied

    def _on_this_page(self, request: HttpRequest) -> Iterator[ReferenceField[Any, Any]]:
        yield from _references(self.model)
        for inline in self.get_inlines(request, None):
            yield from _references(inline.model)
        for name in filter(None, map(_filtered_path, self.get_list_filter(request))):
            if (field := reference_at(self.model, name)) is not None:
                yield field


class _AskingList(List):
    """A page of rows, which asks once for the labels of all of them."""

    def get_results(self, request: HttpRequest) -> None:
        """Find the rows, and say what they will ask for."""
        super().get_results(request)
        shown = [one.reference for one in self.list_display if isinstance(one, ReferenceColumn)]
        edited = [one for one in _references(self.model) if one.name in self.list_editable]
        labels_of_page(request).expect(lambda: _ids_of(self.result_list, [*shown, *edited]))


class _AskingFormSet(FormSet):
    """Forms that ask once for all labels, also while they are checked."""

    references: list[ReferenceField[Any, Any]]
    labels: Labels

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.labels.expect(self._ids)

    def _ids(self) -> Ids:
        for form in self.forms:
            for field in self.references:
                if field.name in form.fields:
                    key = key_of(field, form[field.name].value())
                    yield from [] if key is None else [(field.reference, key)]


def _references(model: type[Model]) -> list[ReferenceField[Any, Any]]:
    """Return the references of a model, those of its parents' tables included."""
    return [field for field in model._meta.fields if isinstance(field, ReferenceField)]


def _ids_of(rows: Iterable[Model], fields: Sequence[ReferenceField[Any, Any]]) -> Ids:
    for row in rows:
        for field in fields:
            if (key := key_of(field, getattr(row, field.attname))) is not None:
                yield field.reference, key


def _ids_in(part: InlineAdminFormSet) -> Ids:
    """Yield what the rows of an inline hold, read-only ones included."""
    rows = [form.instance for form in part.formset.initial_forms]
    return _ids_of(rows, _references(part.opts.model))


def _readonly_in(part: InlineAdminFormSet) -> Iterable[Any]:
    """Return what can't be changed in an inline: all, where nobody may change or add there."""
    if part.has_change_permission or part.has_add_permission:
        return part.readonly_fields
    return flatten_fieldsets(part.fieldsets)


def _column(
    part: BaseModelAdmin[Any],
    field: ReferenceField[Any, Any],
    request: HttpRequest,
    *,
    linked: bool = True,
) -> ReferenceColumn:
    return ReferenceColumn(
        field.name,
        field,
        labels=labels_of_page(request),
        site=part.admin_site,
        empty=part.get_empty_value_display(),
        linked=linked,
    )


def _replaced(fields: Iterable[Any], columns: dict[str, ReferenceColumn]) -> list[Any]:
    """Return the fields of a fieldset, some of which stand on one line."""
    return [
        _replaced(name, columns) if isinstance(name, (list, tuple)) else columns.get(name, name)
        for name in fields
    ]


def _filtered_path(chosen: Any) -> str | None:
    """Return the path of an entry of `list_filter`, None for a filter without one."""
    name = chosen[0] if isinstance(chosen, (list, tuple)) else chosen
    return name if isinstance(name, str) else None
