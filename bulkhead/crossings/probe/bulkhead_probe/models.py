"""The models of a started project, and where their fields lead."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

from .values import dotted


def model(one: Any) -> dict[str, Any]:
    """Return a model with the fields that it doesn't have from another model."""
    meta = one._meta
    own = [*meta.local_fields, *meta.local_many_to_many, *meta.private_fields]
    return {
        "label": meta.label,
        "symbol": dotted(one),
        "app": meta.app_label,
        "table": meta.db_table,
        "parents": sorted(set(parents(one))),
        "is_proxy": bool(meta.proxy),
        "is_auto_created": bool(meta.auto_created),
        "fields": [field(own_field, one) for own_field in own if not inherited(own_field)],
        "managers": [[manager.name, class_of(manager)] for manager in meta.managers],
        "permissions": sorted(permissions(meta)),
    }


def class_of(manager: Any) -> str:
    """Return the class of a manager; of one that is made from a queryset, the queryset's."""
    own = type(manager)
    is_made = not hasattr(sys.modules.get(own.__module__), own.__name__)
    return dotted(getattr(manager, "_queryset_class", own) if is_made else own)


def inherited(own_field: Any) -> bool:
    """Return whether a generic field is there for a parent that is a model of its own."""
    return bool(getattr(own_field, "mti_inherited", False))


def parents(one: Any) -> Iterator[str]:
    """Yield the labels of the models that a class is made from, past abstract ones."""
    for base in one.__bases__:
        meta = getattr(base, "_meta", None)
        if meta is not None and not meta.abstract:
            yield meta.label
        elif meta is not None:
            yield from parents(base)


def field(own_field: Any, one: Any) -> dict[str, Any]:
    """Return a field, and where it leads."""
    rel = getattr(own_field, "remote_field", None)
    bases = [dotted(base) for base in type(own_field).__mro__]
    is_generic = "django.contrib.contenttypes.fields.GenericForeignKey" in bases
    return {
        "name": own_field.name,
        "attname": getattr(own_field, "attname", own_field.name),
        "type": dotted(type(own_field)),
        "related": label_of(getattr(own_field, "related_model", None)),
        "through": label_of(getattr(rel, "through", None), written=True),
        "is_parent_link": bool(getattr(rel, "parent_link", False)),
        "declared_in": declared_in(own_field, one),
        **names_there(own_field, rel),
        "is_generic": is_generic,
        "cardinality": cardinality(own_field),
        "to_field": to_field(own_field),
        "primary_key": bool(getattr(own_field, "primary_key", False)),
    }


def cardinality(own_field: Any) -> str:
    """Return how many rows there are at both ends of a relation; "" for a plain column."""
    kinds = ("many_to_one", "one_to_one", "many_to_many", "one_to_many")
    return next((kind.replace("_", "-") for kind in kinds if getattr(own_field, kind, None)), "")


def to_field(own_field: Any) -> str:
    """Return the field of the related model that a foreign key holds, "" for no foreign key."""
    try:
        return str(own_field.target_field.name)
    except Exception:  # noqa: BLE001 - several fields, or whatever a field of its own kind raises
        return ""


def permissions(meta: Any) -> Iterator[str]:
    """Yield the codenames of a model's permissions, Django's own and those that it declares."""
    for action in meta.default_permissions:
        yield f"{action}_{meta.model_name}"
    for codename, _ in meta.permissions:
        yield codename


def label_of(related: Any, *, written: bool = False) -> str:
    """Return the label of a model; `written` leaves out those that Django made."""
    meta = getattr(related, "_meta", None)
    if meta is None:
        return related if isinstance(related, str) else ""
    return "" if written and meta.auto_created else str(meta.label)


def declared_in(own_field: Any, one: Any) -> str:
    """Return the class that declares a field: an abstract base's copy has the number of its own."""
    number = getattr(own_field, "creation_counter", None)
    found = one
    for base in one.__mro__[1:]:
        meta = getattr(base, "_meta", None)
        if meta is not None and meta.abstract:
            fields = [*meta.local_fields, *meta.local_many_to_many, *meta.private_fields]
            numbers = {each.name: getattr(each, "creation_counter", None) for each in fields}
            if own_field.name in numbers and numbers[own_field.name] == number:
                found = base
    return dotted(found)


def names_there(own_field: Any, rel: Any) -> dict[str, str]:
    """Return the names that a relation puts on the other model."""
    there = {"accessor": "", "query_name": ""}
    if rel is None or label_of(getattr(own_field, "related_model", None)) == "":
        return there
    hidden = getattr(rel, "hidden", False)
    if not hidden:
        there["accessor"] = str(rel.get_accessor_name() or "")
    if not hidden or getattr(rel, "related_query_name", None):
        there["query_name"] = str(own_field.related_query_name())
    return there
