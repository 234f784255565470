"""Checks of ids that are held of rows elsewhere, and of who tells about these: E025 to E029."""

from __future__ import annotations

import inspect
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.db.models import CharField, Field, IntegerField, TextField, UUIDField
from django.urls import NoReverseMatch, reverse

from bulkhead.checks.subjects import check
from bulkhead.components import ComponentConfig, component_of_model, installed_components
from bulkhead.crossings.installed import labels_in, legacy_apps
from bulkhead.exposed import is_exposed
from bulkhead.references import (
    ModelReferences,
    ReferenceField,
    ReferenceProvider,
    ReferenceTarget,
    UnknownReferenceError,
    installed_references,
    providers_of,
    target_of,
)

_SAMPLES: dict[type[Field[Any, Any]], object] = {
    UUIDField: UUID(int=1),
    IntegerField: 1,
    CharField: "1",
    TextField: "1",
}
"""The kinds of column that an id is held in, each with an id."""

_CALLS = {"labels": ("ids",), "search": ("text", "limit")}
"""What each function of a provider is called with."""


@check
def check_references(**_: object) -> list[CheckMessage]:
    """Find references to nothing, to what was not declared, and in a column that can't hold it."""
    return [message for field in installed_references() for message in _reference(field)]


@check
def check_providers(**_: object) -> list[CheckMessage]:
    """Find providers that can't be asked."""
    return [
        message
        for component in installed_components()
        for message in _providers(component, providers_of(component))
    ]


def _reference(field: ReferenceField[Any, Any]) -> Iterator[CheckMessage]:
    component = component_of_model(field.model)
    if component is not None and _label_in(field) == component.label:
        yield _at_home(field)
        return
    try:
        target = target_of(field.reference)
    except UnknownReferenceError as error:
        yield _error(
            field, f"refers to {field.reference!r}: {error.what}", error.hint, "bulkhead.E025"
        )
        return
    if component is not None:
        yield from _undeclared(field, component)
    yield from _unfit(field, target)
    yield from _without_page(field, target)


def _at_home(field: ReferenceField[Any, Any]) -> Error:
    what = f"refers to {field.reference!r}, which is of its own component."
    return _error(field, what, "Use a ForeignKey: the database keeps it sound.", "bulkhead.E025")


def _undeclared(
    field: ReferenceField[Any, Any], component: ComponentConfig
) -> Iterator[CheckMessage]:
    """Yield an error where the component does not say that it depends on the other."""
    label = _label_in(field)
    components = {one.label for one in installed_components()}
    legacy = {app.label for app in legacy_apps()}
    attribute = "depends_on" if label in components else "depends_on_legacy"
    declared = labels_in(getattr(component, attribute))
    if label in components | legacy and label not in declared:
        what = f"holds ids of {label!r}, which {attribute} of {component.label} does not list."
        hint = f'Add "{label}" to {attribute} in {component.name}.apps.'
        yield _error(field, what, hint, "bulkhead.E028")


def _unfit(field: ReferenceField[Any, Any], target: ReferenceTarget) -> Iterator[CheckMessage]:
    if not isinstance(target, ModelReferences):
        return
    key: Any = target.model._meta.pk
    while key.remote_field is not None:
        key = key.target_field
    if _kind(field) is not _kind(key):
        what = (
            f"has the column {field.get_internal_type()}, but the ids of "
            f"{target.model._meta.label} are kept in {key.get_internal_type()}."
        )
        column = key.get_internal_type().replace("AutoField", "IntegerField")
        column = column.replace("SmallIntegerField", "IntegerField")
        hint = f'Write ReferenceField("{field.reference}", column=models.{column}(...)).'
        yield _error(field, what, hint, "bulkhead.E029")


def _without_page(
    field: ReferenceField[Any, Any], target: ReferenceTarget
) -> Iterator[CheckMessage]:
    """Yield an error where the URL that a provider names takes no such id."""
    if not isinstance(target, ReferenceProvider) or target.url is None:
        return
    sample = _SAMPLES.get(_kind(field) or Field)
    if sample is None or not getattr(settings, "ROOT_URLCONF", None):
        return
    try:
        reverse(target.url, args=[sample])
    except NoReverseMatch:
        what = f"links to {target.url!r}, and no URL of this name takes an id such as {sample}."
        hint = f"Correct url= of the ReferenceProvider {target.name!r} of {_label_in(field)!r}."
        yield _error(field, what, hint, "bulkhead.E027")


def _providers(
    component: ComponentConfig, providers: list[ReferenceProvider]
) -> Iterator[CheckMessage]:
    for name, count in Counter(one.name for one in providers).items():
        if count > 1:
            what = f"{count} providers of {component.name}.public are called {name!r}."
            yield _wrong(what, "Give each a name of its own.")
    for provider in providers:
        called = f"The ReferenceProvider {provider.name!r} of {component.name}.public"
        for role, given in _CALLS.items():
            function: Callable[..., Any] = getattr(provider, role)
            yield from _function(f"{called} has {role}={_dotted(function)}", function, given)


def _function(
    says: str, function: Callable[..., Any], given: tuple[str, ...]
) -> Iterator[CheckMessage]:
    if not is_exposed(function):
        hint = "Write a function in public that bears @exposed, and name that one."
        yield _wrong(f"{says}, which is not exposed.", hint)
        return
    try:
        inspect.signature(function).bind(**dict.fromkeys(given))
    except TypeError:
        arguments = ", ".join(given)
        yield _wrong(
            f"{says}, which can't be called with {arguments}.",
            f"Let it take the keywords {arguments}.",
        )


def _wrong(what: str, hint: str) -> Error:
    return Error(what, hint=hint, id="bulkhead.E026")


def _error(field: ReferenceField[Any, Any], what: str, hint: str, identity: str) -> Error:
    name = f"{field.model._meta.label}.{field.name}"
    return Error(f"{name} {what}", hint=hint, obj=name, id=identity)


def _label_in(field: ReferenceField[Any, Any]) -> str:
    return field.reference.partition(".")[0]


def _kind(field: Field[Any, Any]) -> type[Field[Any, Any]] | None:
    return next((kind for kind in _SAMPLES if isinstance(field, kind)), None)


def _dotted(function: object) -> str:
    module = getattr(function, "__module__", "?")
    return f"{module}.{getattr(function, '__qualname__', repr(function))}"
