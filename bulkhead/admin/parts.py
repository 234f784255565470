"""The forms of an aggregate's parts, which come as objects of the domain, in their order."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from django.core.exceptions import ValidationError
from django.forms import (
    BaseInlineFormSet,
    CharField,
    HiddenInput,
    IntegerField,
    ModelForm,
    NumberInput,
)
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from bulkhead.admin.conflicts import missing_parts, note_differences
from bulkhead.admin.passes import FormPass, current_pass
from bulkhead.admin.values import RefusedValueError, built, readable_numbers, value_of, values_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.models import Model
    from django.http import HttpRequest

    from bulkhead.repositories import Repository
    from bulkhead.repositories.shapes import ChildrenField

    StockForm = ModelForm[Any]
    StockFormSet = BaseInlineFormSet[Any, Any, Any]
else:
    StockForm, StockFormSet = ModelForm, BaseInlineFormSet

ORDER = "ORDER"
"""What forms call the place of a part among its siblings."""


class KeyField(CharField):
    """Holds the key of a part's row, which nobody types."""

    widget = HiddenInput

    def has_changed(self, initial: object, data: object) -> bool:  # noqa: ARG002 - Django's names
        """Say no: the history does not speak of it."""
        return False


class PartForm(StockForm):
    """One part of an aggregate: `part` is the object that it makes."""

    part: Any = None
    formset: PartFormSet | None = None

    ORDER = IntegerField(
        label=gettext_lazy("order"),
        required=False,
        min_value=0,
        widget=NumberInput({"class": "bulkhead-order"}),
    )

    def validate_unique(self) -> None:
        """Leave out what is unique within one parent: all its parts are saved together."""
        try:
            self.instance.validate_unique(exclude=self._without_parent())
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined] # Django's own way

    def validate_constraints(self) -> None:
        """Leave out what compares with the parent's other parts, as `validate_unique` does."""
        try:
            self.instance.validate_constraints(exclude=self._without_parent())
        except ValidationError as error:
            self._update_errors(error)  # type: ignore[attr-defined] # Django's own way

    def _without_parent(self) -> set[str]:
        excluded: set[str] = self._get_validation_exclusions()  # type: ignore[attr-defined]
        return excluded if self.formset is None else excluded | {self.formset.fk.name}

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc] # Django's own hook for this
        field = None if self.formset is None else self.formset.bulkhead_field
        if self.formset is None or field is None:
            return
        if self.formset.form_pass.in_conflict and not self.instance._state.adding:
            note_differences(self, self.changed_data)
        names = frozenset(found.name for found in field.shape.fields)
        values_in(self, field.shape, names)  # tells what single values are refused
        if not self.errors:
            try:
                self.part = self.formset.part_of(self.instance, field)
            except RefusedValueError as error:
                self.add_error(None, str(error))


class PartFormSet(StockFormSet):
    """All parts of one kind; `parts` are the objects, in the order that the form says."""

    bulkhead_field: ClassVar[ChildrenField | None] = None
    """The field of the aggregate that holds them; None where they are only shown."""
    bulkhead_may_add: ClassVar[bool] = True
    bulkhead_may_change: ClassVar[bool] = True
    bulkhead_repository: ClassVar[type[Repository[Any, Any]]]
    bulkhead_request: ClassVar[HttpRequest]

    @property
    def form_pass(self) -> FormPass:
        """What the forms of this request have found."""
        return current_pass(self.bulkhead_request)

    @property
    def parts(self) -> list[Any]:
        """The objects that the forms make, without those that are to be deleted.

        What this user may not change comes as it is stored, and what may not be deleted is kept,
        whether the forms speak of it or not.
        """
        field = self.bulkhead_field
        if field is None:
            return []
        kept = sorted((form for form in self.forms if self._is_kept(form)), key=_place)
        made = [
            self.part_of(form.instance, field) if form.part is None else form.part for form in kept
        ]
        return made + [self.part_of(row, field) for row in self._left_out()]

    def part_of(self, row: Model, field: ChildrenField) -> Any:
        """Return the object that a row makes; RefusedValueError where its type refuses it."""
        shape = field.shape
        values = {found.name: value_of(row, shape, found) for found in shape.fields}
        if shape.key is not None and values[shape.key.name] is None:
            del values[shape.key.name]
        values |= self._kept_below(row.pk, field)
        return built(lambda: shape.constructor.make(values), list(values.values()))

    def note_changes(self) -> None:
        """Tell Django's history what was added, changed and deleted."""
        forms = self.forms if self.bulkhead_field is not None else []
        deleted = [form for form in forms if self._is_deleted(form)]
        changed = [form for form in forms if form not in deleted and form.has_changed()]
        self.new_objects = [form.instance for form in changed if form.instance._state.adding]
        self.changed_objects = [
            (form.instance, form.changed_data)
            for form in changed
            if not form.instance._state.adding
        ]
        self.deleted_objects = [
            form.instance for form in deleted if not form.instance._state.adding
        ]

    def full_clean(self) -> None:
        """Tell at the top of these forms what was refused of all of them."""
        super().full_clean()
        if self.is_bound and self.bulkhead_field is not None:
            for told in self._refused(self.bulkhead_field):
                self.non_form_errors().append(told)

    def get_queryset(self) -> Any:
        """Return the rows; once there are forms, those that the page has shown, in its order.

        Somebody may have added or removed some since.
        """
        if self.is_bound and "forms" in vars(self):
            return [form.instance for form in self.initial_forms]
        return super().get_queryset()

    def add_fields(self, form: Any, index: int | None) -> None:
        """Give each part a number, and take a row that is gone since for a new one."""
        super().add_fields(form, index)
        key = self._pk_field.name  # type: ignore[attr-defined] # Django sets it above
        if key in form.fields:
            form.fields[key] = KeyField(required=False, initial=form.instance.pk)
        if ORDER in form.fields and index is not None and index < self.initial_form_count():
            form.initial.setdefault(ORDER, index + 1)

    def _construct_form(self, i: int, **kwargs: Any) -> Any:
        form = super()._construct_form(i, **kwargs)  # type: ignore[misc] # Django's own hook
        form.formset = self
        if self.bulkhead_field is not None and not form.instance._state.adding:
            form.initial.update(readable_numbers(form.instance, self.bulkhead_field.shape))
        return form

    def _refused(self, field: ChildrenField) -> Iterator[str]:
        refusal = self.form_pass.refusal
        if refusal is not None and refusal.field == field.name:
            yield refusal.told
        if hidden := self._hidden():
            yield _(
                "Some are not shown here (%(parts)s), and saving would remove them, so nothing is "
                "saved. Tell who looks after this page that it has to show all of them."
            ) % {"parts": ", ".join(hidden)}
        keys = [form.instance.pk for form in self.initial_forms if not form.instance._state.adding]
        if len({*keys}) < len(keys):
            yield _("Two of these are one and the same, so nothing is saved. Load the page again.")
        if self.form_pass.in_conflict:
            missing = [row for row in super().get_queryset() if row.pk not in keys]
            yield from missing_parts(missing, stay=missing == self._left_out())

    def _hidden(self) -> list[str]:
        """Return the stored parts that `get_queryset` of the inline leaves out."""
        if self.instance._state.adding:
            return []
        shown = {row.pk for row in super().get_queryset()}
        stored = self.fk.model._base_manager.filter(**{self.fk.name: self.instance})
        return [str(row) for row in stored if row.pk not in shown]

    def _left_out(self) -> list[Any]:
        """Return the rows that no form speaks of, where leaving one out does not delete it."""
        if self.instance._state.adding or (self.can_delete and self.bulkhead_may_change):
            return []
        shown = {form.instance.pk for form in self.initial_forms}
        return [row for row in super().get_queryset() if row.pk not in shown]

    def _kept_below(self, key: Any, field: ChildrenField) -> dict[str, Any]:
        """Return what a stored part has below it, which no form shows."""
        if not field.shape.children:
            return {}
        old = self._stored_part(field, key)
        return {
            below.name: below.container(() if old is None else getattr(old, below.name))
            for below in field.shape.children
        }

    def _stored_part(self, field: ChildrenField, key: Any) -> Any | None:
        if key is None:
            return None
        if self.form_pass.stored is None:
            self.form_pass.stored = self.bulkhead_repository().find(self.instance.pk)
        parts: Sequence[Any] = getattr(self.form_pass.stored, field.name, ())
        return next((part for part in parts if field.shape.key_of(part) == key), None)

    def _is_kept(self, form: Any) -> bool:
        if self._is_deleted(form):
            return False
        if not form.instance._state.adding:
            return True
        return form.part is not None and self.bulkhead_may_add

    def _is_deleted(self, form: Any) -> bool:
        return self.can_delete and self._should_delete_form(form)  # type: ignore[attr-defined]


def _place(form: Any) -> tuple[float, int]:
    """Return where a part belongs; of two in one place, the moved or new one gets it."""
    place = form.cleaned_data.get(ORDER)
    if place is None:
        return math.inf, 0
    before = form.initial.get(ORDER, math.inf)
    return place, (place > before) - (place < before)
