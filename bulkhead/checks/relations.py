"""Checks of relations that lead out of a component: E020 and E021."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning  # noqa: A004
from django.db import router
from django.db.models import Model

from bulkhead.checks.subjects import check
from bulkhead.components import ComponentConfig, component_of_model

_PLAIN_KEYS = {
    "AutoField": "IntegerField",
    "BigAutoField": "BigIntegerField",
    "SmallAutoField": "SmallIntegerField",
}
"""The columns that hold a key which another table makes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """A relation between two models, at least one of them in a component."""

    field: Any
    source: type[Model]
    target: type[Model]

    @property
    def components(self) -> list[ComponentConfig]:
        """The components at its ends."""
        ends = component_of_model(self.source), component_of_model(self.target)
        return [component for component in ends if component is not None]

    @property
    def seals(self) -> list[str]:
        """The labels of the components at its ends that have sealed `references`."""
        return [one.label for one in self.components if "references" in one.seals]


@check
def check_relations(**_: object) -> list[CheckMessage]:
    """Find relations into another component, or to a model that lives elsewhere.

    While both ends are in one database it is a warning, unless an end has sealed `references`.
    """
    return [_message(relation) for relation in relations_of_components()]


def relations_of_components() -> Iterator[Relation]:
    """Yield the relations that enter or leave a component."""
    for model in apps.get_models():
        for field in _own_relations(model):
            relation = Relation(field=field, source=model, target=field.remote_field.model)
            if component_of_model(model) is not component_of_model(relation.target):
                yield relation


def _own_relations(model: type[Model]) -> Iterator[Any]:
    """Yield the fields by which a model points at others, not what points at it."""
    inherited = {field.name for base in model._meta.parents for field in base._meta.private_fields}
    generic = [field for field in model._meta.private_fields if field.name not in inherited]
    for field in (*model._meta.local_fields, *model._meta.local_many_to_many, *generic):
        remote = getattr(field, "remote_field", None)
        if remote is not None and isinstance(remote.model, type):
            yield field


def _message(relation: Relation) -> CheckMessage:
    here, there = _home(relation.source), _home(relation.target)
    leads = (
        f"The {_kind(relation)} leads from {_whose(relation.source)} to {_whose(relation.target)}"
    )
    if here != there:
        what = (
            f"{leads}, and so from the database {here!r} to {there!r}. "
            f"No join, no constraint and no cascade can follow it."
        )
        return _found(Error, relation, what, "bulkhead.E020")
    if seals := relation.seals:
        what = f"{leads}, and {' and '.join(seals)} has sealed its references."
        return _found(Error, relation, what, "bulkhead.E021")
    what = f"{leads}. It works only while both are in the database {here!r}."
    return _found(Warning, relation, what, "bulkhead.W020")


def _found(
    level: type[Error | Warning], relation: Relation, what: str, identity: str
) -> CheckMessage:
    name = f"{relation.field.model._meta.label}.{relation.field.name}"
    return level(what, hint=_hint(relation), obj=name, id=identity)


def _kind(relation: Relation) -> str:
    if relation.field.one_to_many:
        return "generic relation"
    if relation.field.many_to_many:
        return "many-to-many relation"
    if relation.field.one_to_one:
        return "inheritance" if _inherits(relation) else "one-to-one relation"
    return "foreign key"


def _inherits(relation: Relation) -> bool:
    return bool(getattr(relation.field.remote_field, "parent_link", False))


def _hint(relation: Relation) -> str:
    if relation.target._meta.label == "contenttypes.ContentType":
        return "Hold a name of your own for what is meant, such as 'invoice', beside its id."
    if _inherits(relation):
        return "Make it a model of its own, which holds the id of the other in a plain column."
    if relation.field.one_to_many:
        return f"Drop it, and ask {_who_answers(relation.target)} for what belongs to an id."
    if relation.field.many_to_many:
        source, target = relation.source._meta.label, relation.target
        return f"Keep a table of ids beside {source}, and ask {_who_answers(target)} for the rest."
    if component_of_model(relation.target) is None:
        return f"Hold the id alone: {_as_reference(relation)}, from bulkhead.references."
    return (
        f"Hold the id in a plain column ({relation.field.name}_id), "
        f"and ask {_who_answers(relation.target)} for the rest."
    )


def _who_answers(target: type[Model]) -> str:
    component = component_of_model(target)
    if component is not None:
        return f"{component.name}.public"
    return f"{target.__name__}.objects in a service"


def _as_reference(relation: Relation) -> str:
    label, key = relation.target._meta.label, relation.field.target_field.get_internal_type()
    named = "settings.AUTH_USER_MODEL" if label == settings.AUTH_USER_MODEL else f'"{label}"'
    column = "" if key == "UUIDField" else f", column=models.{_PLAIN_KEYS.get(key, key)}()"
    return f"{relation.field.name}_id = ReferenceField({named}{column})"


def _whose(model: type[Model]) -> str:
    component = component_of_model(model)
    where = f"the component {component.label!r}" if component else "no component"
    return f"{model._meta.label} ({where})"


def _home(model: type[Model]) -> str:
    component = component_of_model(model)
    return router.db_for_write(model) if component is None else component.database_alias
