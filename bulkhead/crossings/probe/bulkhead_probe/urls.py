"""The URL names of a started project."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from typing import Any

from .values import dotted


def urls() -> list[dict[str, str]]:
    """Return the URL names of the whole project, each once."""
    from django.conf import settings  # noqa: PLC0415
    from django.urls import get_resolver  # noqa: PLC0415

    root = getattr(settings, "ROOT_URLCONF", None)
    if not root:
        return []
    found = set(named_below(get_resolver(root), [""], str(root)))
    return [{"name": name, "view": view, "module": module} for name, view, module in sorted(found)]


def named_below(resolver: Any, prefixes: list[str], module: str) -> Iterator[tuple[str, str, str]]:
    """Yield name, view and URL configuration of every named pattern."""
    module = getattr(resolver.urlconf_module, "__name__", module)
    for pattern in resolver.url_patterns:
        if hasattr(pattern, "url_patterns"):
            spaces = sorted({pattern.namespace, pattern.app_name} - {None, ""})
            starts = [f"{space}:" for space in spaces] if pattern.namespace else [""]
            below = [before + start for before, start in product(prefixes, starts)]
            yield from named_below(pattern, below, module)
        elif isinstance(getattr(pattern, "name", None), str):
            for before in prefixes:
                yield before + pattern.name, view_of(pattern.callback), module


def view_of(callback: Any) -> str:
    """Return the function or class behind a view, past decorators and `as_view()`."""
    for name in ("view_class", "cls"):
        if isinstance(getattr(callback, name, None), type):
            return dotted(getattr(callback, name))
    if hasattr(callback, "model_admin"):
        return page_of(callback.model_admin)
    for name in ("__wrapped__", "func"):
        if callable(getattr(callback, name, None)):
            return view_of(getattr(callback, name))
    return dotted(getattr(callback, "__self__", callback))


def page_of(model_admin: Any) -> str:
    """Return the class behind a page of Django's admin: the model's, where Django has made it."""
    own = type(model_admin)
    return dotted(model_admin.model if own.__module__.startswith("django.") else own)
