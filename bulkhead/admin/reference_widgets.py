"""Shows references: by a select that searches, or by a label with a link."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from django import forms
from django.contrib.admin.widgets import AutocompleteMixin
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html

from bulkhead.references import Label, Labels, ReferenceField

if TYPE_CHECKING:
    from django.contrib.admin import AdminSite
    from django.db.models import Model
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

_pages: WeakKeyDictionary[HttpRequest, Labels] = WeakKeyDictionary()


def labels_of_page(request: HttpRequest) -> Labels:
    """Return the labels that everything on a page shares."""
    return _pages.setdefault(request, Labels())


def key_of(reference: ReferenceField[Any, Any], value: object) -> Any:
    """Return the id that a form or a row holds, None where there is none."""
    if value in reference.empty_values:
        return None
    try:
        return reference.to_python(value)
    except ValidationError:
        return None


class ShownReference:
    """What the select and the input share: they know what their id is called."""

    def __init__(
        self, reference: ReferenceField[Any, Any], *, labels: Labels, site: AdminSite
    ) -> None:
        self.reference = reference
        self.labels = labels
        self.site = site

    def label_of(self, value: object) -> Label | None:
        """Return what an id is called, None where there is no id."""
        key = key_of(self.reference, value)
        return None if key is None else self.labels.of(self.reference.reference, key)

    def linked(self, context: dict[str, Any], value: object) -> dict[str, Any]:
        """Return the context with the label, and the page of the row."""
        label = self.label_of(value)
        context["reference"] = label
        context["reference_url"] = label and label.url(site=self.site.name)
        return context


class ReferenceSelect(AutocompleteMixin, forms.Select):
    """Searches as one types, by Django's own script."""

    template_name = "bulkhead/admin/reference_select.html"

    def __init__(self, shown: ShownReference, *, url_name: str, linked: bool = True) -> None:
        super().__init__(shown.reference, shown.site)
        self.shown = shown
        self.answered_by = url_name
        self.linked = linked

    def get_url(self) -> str:
        """Return where the script asks."""
        return reverse(self.answered_by, current_app=self.shown.site.name)

    def optgroups(
        self,
        name: str,
        value: Sequence[str],
        attrs: dict[str, Any] | None = None,  # noqa: ARG002 - Django's
    ) -> list[tuple[str | None, list[dict[str, Any]], int | None]]:
        """Return the one option that is chosen, by its label, also where it is dangling."""
        options = [] if self.is_required else [self.create_option(name, "", "", False, 0)]  # noqa: FBT003
        for chosen in value:
            label = self.shown.label_of(chosen)
            if label is not None:
                option = self.create_option(name, chosen, label.text, True, len(options))  # noqa: FBT003
                options.append(option)
        return [(None, options, 0)]

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the select, with a link to what is chosen."""
        context = super().get_context(name, value, attrs)
        return self.shown.linked(context, value) if self.linked else context


class ReferenceInput(forms.TextInput):
    """Takes the bare id where nothing can be searched."""

    template_name = "bulkhead/admin/reference_input.html"

    def __init__(self, shown: ShownReference) -> None:
        super().__init__(attrs={"class": "vTextField"})
        self.shown = shown

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Return the input, with the label of what it holds."""
        return self.shown.linked(super().get_context(name, value, attrs), value)


@dataclass(frozen=True)
class ReferenceColumn:
    """Shows what a row's reference is called; what the admin takes a callable for."""

    name: str
    reference: ReferenceField[Any, Any] = field(compare=False)
    labels: Labels = field(compare=False)
    site: AdminSite = field(compare=False)
    empty: str = field(compare=False)
    linked: bool = field(compare=False, default=True)

    @property
    def __name__(self) -> str:
        """What the admin calls a column by."""
        return self.name

    @property
    def short_description(self) -> str:
        """What heads the column."""
        return str(self.reference.verbose_name)

    @property
    def admin_order_field(self) -> str:
        """What the list is sorted by: the id, for no query reaches the label."""
        return self.name

    def __call__(self, row: Model) -> SafeString | str:
        """Return the label, with a link to its page."""
        key = getattr(row, self.reference.attname)
        if key is None:
            return self.empty
        label = self.labels.of(self.reference.reference, key)
        url = label.url(site=self.site.name) if self.linked else None
        return format_html('<a href="{}">{}</a>', url, label.text) if url else label.text
