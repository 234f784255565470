"""What the methods of querysets and managers give."""

from __future__ import annotations

from bulkhead.crossings.resolving.typed import Instance, Items, Rows, Table, Type
from bulkhead.crossings.resolving.words import words

_ROWS = words(
    "all filter exclude order_by distinct select_related prefetch_related annotate alias only "
    "defer using reverse none union intersection difference select_for_update extra raw "
    "get_queryset db_manager complex_filter"
)
_PLAIN = words("values values_list dates datetimes")
_OBJECT = words(
    "get aget get_current get_by_natural_key first afirst last alast create acreate "
    "earliest aearliest latest alatest"
)
_OBJECTS = words(
    "get_or_create aget_or_create update_or_create aupdate_or_create bulk_create abulk_create "
    "iterator aiterator"
)
METHODS = _ROWS | _PLAIN | _OBJECT | _OBJECTS


def returned(method: str, rows: Rows) -> Type | None:
    """Return what a method of rows gives; None where it is none of theirs, or no model's."""
    if method in _ROWS:
        return rows
    if method in _PLAIN:
        return Rows(rows.label, are_objects=False)
    if not rows.are_objects or method not in METHODS:
        return None
    one = Instance(rows.label)
    return one if method in _OBJECT else Items(one)


def item(one: Type) -> Type | None:
    """Return what a loop or an index takes out."""
    if isinstance(one, (Items, Table)):
        return one.item
    if isinstance(one, Rows) and one.are_objects:
        return Instance(one.label)
    return None
