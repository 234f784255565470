"""The form of an aggregate: it makes values of the domain, and tells what was refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.forms import CharField, HiddenInput, ModelForm

from bulkhead.admin.conflicts import conflict_of, note_differences
from bulkhead.admin.passes import FormPass, current_pass
from bulkhead.admin.values import readable_numbers, shown_columns, values_in
from bulkhead.admin.versions import (
    FIELD,
    UnseenVersionError,
    seen_version,
    signed_version,
    version_of,
)

if TYPE_CHECKING:
    from django.db.models import Model
    from django.http import HttpRequest

    from bulkhead.admin.form_services import FormServices

    StockForm = ModelForm[Any]
else:
    StockForm = ModelForm


class VersionField(CharField):
    """Holds a signed version, which nobody types."""

    widget = HiddenInput

    def has_changed(self, initial: object, data: object) -> bool:  # noqa: ARG002 - Django's names
        """Say no: the history does not speak of it."""
        return False


class AggregateForm(StockForm):
    """What `AggregateAdmin` shows of an aggregate's row; `values` are the domain's.

    A form of your own may inherit from it, and have fields that are no columns: they are given to
    the service that takes a parameter of their name.
    """

    bulkhead_form_services: ClassVar[FormServices | None] = None
    bulkhead_request: ClassVar[HttpRequest]
    _version = VersionField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Show the version that the row has now, to be sent back."""
        super().__init__(*args, **kwargs)
        self.values: dict[str, Any] = {}
        if self.bulkhead_form_services is not None and not self._adding:
            self.initial.update(readable_numbers(self.instance, self.bulkhead_form_services.shape))
        user = getattr(getattr(self, "bulkhead_request", None), "user", None)
        signed = None if self._adding or user is None else signed_version(self.instance, user)
        if signed is None:
            del self.fields[FIELD]
        else:
            self.initial[FIELD] = signed

    def _post_clean(self) -> None:
        """Check the version, then make the values, then tell what the service said before."""
        super()._post_clean()  # type: ignore[misc] # Django's own hook for this
        if self.bulkhead_form_services is None:
            return
        if FIELD in self.fields:
            self._compare_versions()
        self.values = self._domain_values(self.bulkhead_form_services)
        self._tell_refusal(self.bulkhead_form_services)

    @property
    def _pass(self) -> FormPass:
        return current_pass(self.bulkhead_request)

    @property
    def _adding(self) -> bool:
        return bool(self.instance._state.adding)

    def _compare_versions(self) -> None:
        sent = self.data.get(self.add_prefix(FIELD))
        user = self.bulkhead_request.user
        try:
            seen = seen_version(sent, self.instance, user)
        except UnseenVersionError as error:
            self.add_error(None, str(error))
            return
        self._pass.seen = seen
        if seen is not None and seen.version != version_of(self.instance):
            self._pass.in_conflict = True
            self.add_error(None, conflict_of(self.instance, seen))
            note_differences(self, [name for name in self.changed_data if name != FIELD])
            self._show_version_of_now()

    def _show_version_of_now(self) -> None:
        """Let the page send back what it tells, should the user save again."""
        data: Any = self.data
        self.data = data.copy()
        self.data[self.add_prefix(FIELD)] = self.initial[FIELD]  # type: ignore[index] # a copy

    def _domain_values(self, services: FormServices) -> dict[str, Any]:
        values = values_in(self, services.shape, services.fields(adding=self._adding))
        taken = services.parameters(adding=self._adding)
        own = {name: value for name, value in self.cleaned_data.items() if name in taken}
        return {name: own[name] for name in own.keys() - self._columns} | values

    @property
    def _columns(self) -> set[str]:
        row: type[Model] = self._meta.model
        return {field.name for field in row._meta.concrete_fields}

    def _tell_refusal(self, services: FormServices) -> None:
        refusal = self._pass.refusal
        if refusal is None or refusal.field in self._pass.children:
            return
        fields = (field for field in services.shape.fields if field.name == refusal.field)
        shown = [name for field in fields for name in shown_columns(self, field)]
        if refusal.field in self.fields:
            shown.append(refusal.field)
        self.add_error(shown[0] if shown else None, refusal.told)
