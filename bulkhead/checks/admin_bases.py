"""Checks of what an admin inherits from besides ours: W079 and E085."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib.admin.options import BaseModelAdmin
from django.core.checks import CheckMessage, Error
from django.core.checks import Warning as CheckWarning

from bulkhead.checks.admin_services import dotted
from bulkhead.errors import listed

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

_SAVING = ("save_instance", "do_instance_save", "import_row")
"""What a resource of django-import-export may do in its own way, so that a service saves."""

_EVERYWHERE = {"media"}
"""What Django gives to each class of an admin."""


def check_bases(registered: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    """Yield where another package's class gets in the way of ours."""
    from bulkhead.admin import AggregateAdmin, AggregateInline  # noqa: PLC0415 - needs the app

    yield from _order(type(registered), AggregateAdmin)
    for inline in registered.inlines:
        yield from _order(inline, AggregateInline)
    if isinstance(registered, AggregateAdmin):
        yield from _imports(registered)


def _order(cls: type, ours: type) -> Iterator[CheckMessage]:
    before = list(_before(cls, ours))
    known = {name for base in ours.__mro__ if _is_ours(base) for name in vars(base)}
    hidden = {name for base in before for name in vars(base) if name in known}
    hidden = {name for name in hidden - _EVERYWHERE if not name.startswith("__")}
    if hidden:
        yield CheckWarning(
            f"{_name(cls)} inherits from {_name(before[0])} before {ours.__name__}, whose "
            f"own {listed(hidden)} count only as far as that calls super().",
            hint=f"Name {ours.__name__}, or what inherits from it, first.",
            id="bulkhead.W079",
        )


def _before(cls: type, ours: type) -> Iterator[type]:
    """Yield the admin classes that come before ours, where ours comes at all."""
    order = cls.__mro__
    for base in order[: order.index(ours)] if ours in order else ():
        if issubclass(base, BaseModelAdmin) and not issubclass(base, ours):
            yield base


def _imports(registered: ModelAdmin[Any]) -> Iterator[CheckMessage]:
    if not hasattr(registered, "get_import_resource_classes"):
        return
    named: list[Any] = list(getattr(registered, "resource_classes", None) or ())
    if not named and (single := getattr(registered, "resource_class", None)):
        named = [single]
    past = [_name(resource) for resource in named if _saves_rows(resource)]
    if not named:
        past = ["the ModelResource that import_export makes of it"]
    if past:
        yield Error(
            f"{dotted(registered)} imports {registered.model.__name__} by {listed(past)}, which "
            f"saves past the rules of its domain.",
            hint="Let a resource override do_instance_save and call a service there, without "
            "use_bulk; or inherit from ExportMixin alone.",
            id="bulkhead.E085",
        )


def _saves_rows(resource: Any) -> bool:
    """Tell whether a resource saves as its package does: in bulk, or each row by itself."""
    in_bulk = getattr(getattr(resource, "_meta", None), "use_bulk", False)
    own = (vars(base) for base in resource.__mro__ if not _is_of_the_package(base))
    return bool(in_bulk) or not any(name in held for held in own for name in _SAVING)


def _is_of_the_package(base: type) -> bool:
    return base is object or base.__module__.split(".")[0] == "import_export"


def _is_ours(base: type) -> bool:
    return base.__module__.startswith("bulkhead.")


def _name(cls: type) -> str:
    return f"{cls.__module__}.{cls.__qualname__}"
