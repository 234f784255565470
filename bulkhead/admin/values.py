"""Rebuilds values of the domain from the columns that a form has filled."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy

from bulkhead.admin.refusals import refusal_of
from bulkhead.repositories.shapes import ValueField

if TYPE_CHECKING:
    from django.db.models import Model
    from django.forms import ModelForm

    from bulkhead.repositories.shapes import AnyField, Shape


class RefusedValueError(Exception):
    """What was typed makes no value of the domain."""


def values_in(form: ModelForm[Any], shape: Shape, fields: frozenset[str]) -> dict[str, Any]:
    """Return these fields as the domain has them, and tell the form what their types refuse.

    A field is left out where the form shows none of its columns.
    """
    values = {}
    for field in shape.fields:
        if field.name not in fields:
            continue
        shown = list(shown_columns(form, field))
        if shown and not any(name in form.errors for name in shown):
            try:
                values[field.name] = value_of(form.instance, shape, field)
            except RefusedValueError as error:
                form.add_error(shown[0], str(error))
    return values


def readable_numbers(row: Model, shape: Shape) -> dict[str, Decimal]:
    """Return the decimals of a row as people write them, by the names of its fields.

    A value type says how many digits its number has (100.00 EUR); of any other number the zeros
    at the end are left out, for a column has as many as the largest precision needs.
    """
    by_attname = {column.attname: column.name for column in row._meta.concrete_fields}
    columns = [getattr(row, column) for column in shape.columns]
    return {
        by_attname[column]: number
        for field in shape.fields
        for column, number in _written(field, columns)
        if isinstance(number, Decimal)
    }


def _written(field: AnyField, columns: list[Any]) -> Iterator[tuple[str, Any]]:
    if isinstance(field, ValueField):
        number = columns[field.position]
        yield field.column, _short(number) if isinstance(number, Decimal) else number
        return
    try:
        yield from field.write(field.read(columns))
    except Exception as error:
        if not isinstance(error, ValueError | TypeError) and refusal_of(error) is None:
            raise


def _short(number: Decimal) -> Decimal:
    """Return the same number without zeros at its end, and never as a power of ten."""
    return Decimal(f"{number.normalize():f}") if number.is_finite() else number


def as_required(field: Any, column: Any) -> Any:
    """Return a form's field, which may be left empty, and is None then, where its column may."""
    if field is not None and column.null:
        field.required = False
        if hasattr(field, "empty_value"):
            field.empty_value = None
    return field


def shown_columns(form: ModelForm[Any], field: AnyField) -> Iterator[str]:
    """Yield the names of the form's fields that hold this field of the domain."""
    by_attname = {column.attname: column.name for column in form._meta.model._meta.concrete_fields}
    for leaf in field.leaves:
        if by_attname[leaf.column] in form.fields:
            yield by_attname[leaf.column]


def value_of(row: Model, shape: Shape, field: AnyField) -> Any:
    """Return the domain's value, made of the columns of a row that is not saved yet.

    Raise RefusedValueError with what its type says against it.
    """
    columns = [getattr(row, column) for column in shape.columns]
    return built(lambda: field.read(columns), [columns[leaf.position] for leaf in field.leaves])


def built(build: Any, given: list[Any]) -> Any:
    """Return what is built, and raise RefusedValueError where its type refuses what is given."""
    try:
        return build()
    except TypeError as error:
        if all(value not in (None, "") for value in given):
            raise
        raise RefusedValueError(str(_INCOMPLETE)) from error
    except Exception as error:
        told = str(error) if isinstance(error, ValueError) else refusal_of(error)
        if told is None:
            raise
        raise RefusedValueError(told) from error


_INCOMPLETE = gettext_lazy(
    "Something is missing here: fill in all that belongs to this value, or none of it."
)
