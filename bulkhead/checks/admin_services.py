"""Checks of the services that an admin names for its forms: E075 to E078."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.admin.utils import flatten
from django.core.checks import CheckMessage, Error

from bulkhead.errors import listed
from bulkhead.repositories.planning import plan

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    from bulkhead.admin import AggregateAdmin
    from bulkhead.admin.form_services import FormService, FormServices

_SERVICES = ("add_with", "change_with", "delete_with")


def check_form_services(registered: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    """Yield what keeps the forms of an admin from calling the services that it names."""
    from bulkhead.admin import AggregateAdmin  # noqa: PLC0415 - needs the app
    from bulkhead.admin.naming import repository_behind  # noqa: PLC0415 - needs the app

    if not isinstance(registered, AggregateAdmin) or not _names_any(registered):
        return
    repository = repository_behind(registered.model)
    if repository is None or repository.row_class is not registered.model._meta.concrete_model:
        yield _no_aggregate(registered)
        return
    shape, problems = plan(repository, repository.aggregate_class)  # type: ignore[arg-type] # it is hashable
    if shape is None or problems:
        return  # the checks of repositories say so
    services = registered.form_services
    if services is not None:
        yield from _services(registered, services)
        yield from _rebuilt(registered, services)
        yield from _missing_on_add(registered, services)


def is_edited(registered: AggregateAdmin) -> bool:
    """Return whether any form of this admin saves something."""
    return bool(registered.add_with or registered.change_with or registered.rebuild_fields)


def dotted(registered: ModelAdmin[Any]) -> str:
    """Return what a message calls an admin."""
    return f"{type(registered).__module__}.{type(registered).__qualname__}"


def _names_any(registered: AggregateAdmin) -> bool:
    return is_edited(registered) or registered.delete_with is not None


def _no_aggregate(registered: AggregateAdmin) -> CheckMessage:
    found = [name for name in _SERVICES if getattr(registered, name) is not None]
    return Error(
        f"{dotted(registered)} names {listed(found) if found else 'rebuild_fields'}, but no "
        f"repository stores {registered.model.__name__} as an aggregate of its own.",
        hint="Name the services in the admin of the aggregate, or use service_action(...).",
        id="bulkhead.E075",
    )


def _services(registered: AggregateAdmin, services: FormServices) -> Iterator[CheckMessage]:
    named = zip(_SERVICES, (services.add, services.change, services.delete), strict=True)
    for name, service in named:
        problem = None if service is None else service.problem()
        if problem is not None:
            yield Error(
                f"{dotted(registered)}.{name} can't be called: {problem.text}",
                hint=problem.hint,
                id="bulkhead.E076",
            )


def _rebuilt(registered: AggregateAdmin, services: FormServices) -> Iterator[CheckMessage]:
    from bulkhead.admin.rebuilding import set_by_methods  # noqa: PLC0415 - needs the app

    refused = [name for name in registered.rebuild_fields if name not in services.rebuilt]
    methods = set_by_methods(services.shape.cls)
    cls = services.shape.cls.__name__
    for name in refused:
        why = (
            f"{cls}.{methods[name]}() sets it, and a form would pass over its rule"
            if name in methods
            else f"it is no field of {cls} that its constructor takes, or its key or version"
        )
        yield Error(
            f"{dotted(registered)} has {name!r} in rebuild_fields, but {why}.",
            hint="Drop it there, and let change_with name a service that takes it.",
            id="bulkhead.E077",
        )


def _missing_on_add(registered: AggregateAdmin, services: FormServices) -> Iterator[CheckMessage]:
    if services.add is None or services.add.problem() is not None:
        return
    missing = _unshown(registered, services, services.add)
    if missing:
        yield Error(
            f"{dotted(registered)}.add_with requires {listed(missing)}, which the form does not "
            f"show.",
            hint="Name it in fields, or in add_fields; parts need an inline.",
            id="bulkhead.E078",
        )


def _unshown(registered: AggregateAdmin, services: FormServices, service: FormService) -> list[str]:
    from bulkhead.admin.form_services import columns_of  # noqa: PLC0415 - needs the app
    from bulkhead.admin.problems import required  # noqa: PLC0415 - needs the app

    shown = _shown(registered)
    inlines = {inline.model for inline in registered.inlines}
    parts = {field.name: field.shape.model in inlines for field in services.shape.children}
    return [
        name
        for name in required(service.parameters)
        if name in service.takes
        and not parts.get(name)
        and not (columns_of(services.shape, frozenset({name}), keyed=True) & shown)
    ]


def _shown(registered: AggregateAdmin) -> set[str]:
    every = {field.name for field in registered.model._meta.concrete_fields}
    if registered.add_fields or registered.fields:
        shown: Any = registered.add_fields or registered.fields
        return set(flatten(shown))
    fieldsets = registered.fieldsets or ()
    return {name for _, options in fieldsets for name in flatten(options["fields"])} or every
