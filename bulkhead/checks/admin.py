"""Checks of what stands in the admin: E070 to E079, and E085."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as CheckWarning

from bulkhead.checks.admin_bases import check_bases
from bulkhead.checks.admin_services import check_form_services, dotted, is_edited
from bulkhead.checks.subjects import check, placed
from bulkhead.repositories import installed_repositories, repository_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin
    from django.db.models import Model


@check
def check_admin(**_kwargs: Any) -> list[CheckMessage]:
    """Report what would write past a domain, and what an admin user would stumble over."""
    if not apps.is_installed("django.contrib.admin"):
        return []
    from django.contrib.admin.sites import all_sites  # noqa: PLC0415 - needs the app

    installed_repositories()
    return [
        placed(message, registered.model)
        for site in all_sites
        for registered in site._registry.values()
        for message in (
            *_writing(registered),
            *_names(registered),
            *_actions(registered),
            *check_form_services(registered),
            *check_bases(registered),
        )
    ]


def _writing(registered: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    from bulkhead.admin import AggregateAdmin  # noqa: PLC0415 - needs the app

    if not isinstance(registered, AggregateAdmin):
        yield from _form(registered)
        yield from _inlines(registered)
        return
    if is_edited(registered):
        yield from _inlines(registered)
    if editable := type(registered).list_editable:
        yield Error(
            f"{dotted(registered)} lets {', '.join(editable)} be edited in the "
            f"list, but {registered.model.__name__} is the row of an aggregate: no list saves it.",
            hint="Drop list_editable, and let an action call a service: service_action(...).",
            id="bulkhead.E072",
        )


def _form(registered: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    repository = repository_of(_concrete(registered.model))
    if repository is not None:
        yield Error(
            f"{registered.model.__name__} is registered with {dotted(registered)}, but "
            f"{repository.__name__} stores it: a form would write past the rules of its domain.",
            hint=_way_to_an_admin(registered),
            id="bulkhead.E070",
        )


def _way_to_an_admin(registered: ModelAdmin[Any]) -> str:
    from bulkhead.admin import ServiceAction  # noqa: PLC0415 - needs the app

    way = "Inherit from bulkhead.admin.AggregateAdmin"
    if any(isinstance(action, ServiceAction) for action in registered.actions or ()):
        return f"{way}. What Django's admin.E129 asks for its actions is then there too."
    return f"{way}, and let actions call services: service_action(...)."


def _inlines(registered: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    from bulkhead.admin import AggregateInline  # noqa: PLC0415 - needs the app

    for inline in registered.inlines:
        repository = repository_of(_concrete(inline.model))
        if repository is not None and not issubclass(inline, AggregateInline):
            yield Error(
                f"{dotted(registered)} shows {inline.model.__name__} in {inline.__name__}, but "
                f"{repository.__name__} stores it: a form would write past the rules of its "
                f"domain.",
                hint=f"Let {inline.__name__} inherit from bulkhead.admin.AggregateTabularInline "
                f"or AggregateStackedInline.",
                id="bulkhead.E071",
            )


def _names(registered: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    for model in (registered.model, *(inline.model for inline in registered.inlines)):
        name = str(model._meta.verbose_name)
        if name.endswith(" row") and repository_of(_concrete(model)) is not None:
            yield CheckWarning(
                f"The pages of the admin call {model.__name__} {name!r}.",
                hint=f'Write in its class Meta: verbose_name = "{name.removesuffix(" row")}".',
                obj=model,
                id="bulkhead.W073",
            )


def _actions(registered: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    from bulkhead.admin import ServiceAction  # noqa: PLC0415 - needs the app

    for action in registered.actions or ():
        problem = action.problem if isinstance(action, ServiceAction) else None
        if problem is not None:
            yield Error(
                f"{dotted(registered)} has an action that can't call its service: {problem.text}",
                hint=problem.hint,
                id="bulkhead.E074",
            )


def _concrete(model: type[Model]) -> type[Model]:
    """Return the model whose table a proxy writes."""
    return model._meta.concrete_model or model
