"""Filters a list by what its rows refer to."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.contrib.admin import FieldListFilter
from django.contrib.admin.utils import get_last_value_from_parameters
from django.contrib.admin.views.main import IGNORED_PARAMS, PAGE_VAR
from django.db.models import Count, Q
from django.utils.translation import gettext as _

from bulkhead.admin.reference_widgets import (
    ReferenceSelect,
    ShownReference,
    key_of,
    labels_of_page,
)
from bulkhead.references import ReferenceField

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.contrib.admin.views.main import ChangeList
    from django.http import HttpRequest
    from django.utils.safestring import SafeString

MOST_CHOICES = 30
"""How many rows elsewhere are offered by name; beyond, one is searched for."""


class ReferenceListFilter(FieldListFilter):
    """Offers what the rows of the list refer to by name, or a search where it is too much."""

    field: ReferenceField[Any, Any]

    def __init__(  # noqa: PLR0913, PLR0917 - Django's
        self,
        field: ReferenceField[Any, Any],
        request: HttpRequest,
        params: dict[str, Any],
        model: Any,
        model_admin: ModelAdmin[Any],
        field_path: str,
    ) -> None:
        self.lookup_kwarg = f"{field_path}__exact"
        self.lookup_kwarg_isnull = f"{field_path}__isnull"
        chosen = get_last_value_from_parameters(params, self.lookup_kwarg)
        self.lookup_val = params.get(self.lookup_kwarg)  # which templates of themes ask for
        self.chosen = key_of(field, chosen)
        self.chosen_isnull = get_last_value_from_parameters(params, self.lookup_kwarg_isnull)
        super().__init__(field, request, params, model, model_admin, field_path)
        self.model_admin = model_admin
        self.request = request
        self.labels = labels_of_page(request)
        self.labels.expect(lambda: ((field.reference, key) for key in self.keys))

    def expected_parameters(self) -> list[str | None]:
        """Return the parameters of the query string."""
        return [self.lookup_kwarg, self.lookup_kwarg_isnull]

    @cached_property
    def keys(self) -> list[Any]:
        """The ids to choose from: those in the table, or the one that is chosen."""
        kept = [] if self.chosen is None else [self.chosen]
        return kept if self.has_too_many else list(dict.fromkeys([*kept, *self._in_table]))

    @property
    def template(self) -> str:  # type: ignore[override] # Django only reads it
        """The template of any other filter, unless one has to search."""
        if self.has_too_many:
            return "bulkhead/admin/reference_filter.html"
        return FieldListFilter.template

    @property
    def has_too_many(self) -> bool:
        """Whether there are more than anybody would look through."""
        return len(self._in_table) > MOST_CHOICES

    @cached_property
    def named_keys(self) -> list[tuple[str, Any]]:
        """The choices, by what they are called."""
        labels = ((self.labels.of(self.field.reference, key).text, key) for key in self.keys)
        return sorted(labels, key=lambda named: named[0].casefold())

    @cached_property
    def search(self) -> SafeString | None:
        """The select that searches, where there are too many to choose from."""
        url_name: str | None = getattr(self.model_admin, "references_url_name", None)
        if not self.has_too_many or url_name is None:
            return None
        shown = ShownReference(self.field, labels=self.labels, site=self.model_admin.admin_site)
        select = ReferenceSelect(shown, url_name=url_name, linked=False)
        attrs = {"id": f"filter_{self.field_path}", "data-width": "100%", "aria-label": self.title}
        return select.render(self.lookup_kwarg, self.chosen, attrs)

    @property
    def kept_parameters(self) -> list[tuple[str, str]]:
        """What else the list is filtered, searched and sorted by."""
        dropped = {*self.expected_parameters(), *IGNORED_PARAMS} - {"o", "q"} | {PAGE_VAR}
        given = self.request.GET.lists()
        return [(name, value) for name, held in given if name not in dropped for value in held]

    def get_facet_counts(self, pk_attname: str, filtered_qs: Any) -> dict[str, Any]:
        """Return what counts the rows of each choice."""
        del filtered_qs
        chosen = [(f"{number}__c", {self.lookup_kwarg: key}) for number, key in self._numbered]
        if self.field.null:
            chosen.append(("__c", {self.lookup_kwarg_isnull: True}))
        return {name: Count(pk_attname, filter=Q(**where)) for name, where in chosen}

    def choices(self, changelist: ChangeList) -> Iterator[Any]:
        """Yield all, each by its name, and none where the column may be empty."""
        counts = self.get_facet_queryset(changelist) if changelist.add_facets else {}
        both = [self.lookup_kwarg, self.lookup_kwarg_isnull]
        yield {
            "selected": self.chosen is None and not self.chosen_isnull,
            "query_string": changelist.get_query_string(remove=both),
            "display": _("All"),
        }
        for number, (text, key) in enumerate(self.named_keys):
            chosen = {self.lookup_kwarg: str(key)}
            yield {
                "selected": key == self.chosen,
                "query_string": changelist.get_query_string(chosen, [self.lookup_kwarg_isnull]),
                "display": _counted(text, counts.get(f"{number}__c")),
            }
        if self.field.null:
            none = {self.lookup_kwarg_isnull: "True"}
            yield {
                "selected": bool(self.chosen_isnull),
                "query_string": changelist.get_query_string(none, [self.lookup_kwarg]),
                "display": _counted(self.model_admin.get_empty_value_display(), counts.get("__c")),
            }

    @property
    def _numbered(self) -> Iterator[tuple[int, Any]]:
        return ((number, key) for number, (_text, key) in enumerate(self.named_keys))

    @cached_property
    def _in_table(self) -> list[Any]:
        path = self.field_path
        rows = self.model_admin.get_queryset(self.request).order_by()
        ids = rows.exclude(**{f"{path}__isnull": True}).values_list(path, flat=True)
        return list(ids.distinct()[: MOST_CHOICES + 1])


def _counted(text: str, count: int | None) -> str:
    return text if count is None else f"{text} ({count})"


FieldListFilter.register(
    lambda field: isinstance(field, ReferenceField), ReferenceListFilter, take_priority=True
)
