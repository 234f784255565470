"""What a component offers in its `public/`, and the record of it."""

from __future__ import annotations

import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial, wraps
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Any, ParamSpec, TypeVar, overload

from asgiref.sync import iscoroutinefunction, markcoroutinefunction

from bulkhead.components import ComponentConfig, component_of_module
from bulkhead.hints import shown
from bulkhead.publishing import Publisher, PublishingError, publishes

__all__ = [
    "ExposedFunction",
    "Publisher",
    "PublishingError",
    "Watcher",
    "exposed",
    "exposed_functions",
    "is_exposed",
    "publishes",
    "recorded_functions",
    "watch_calls",
]

P = ParamSpec("P")
R = TypeVar("R")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposedFunction:
    """One function that other components may call."""

    function: Callable[..., Any]
    """The function as it was written, without the seam."""

    declared: tuple[type[Exception], ...] | None
    """The errors named by `raises`; None where it was left out."""

    @property
    def name(self) -> str:
        """The name that others call it by."""
        return self.function.__name__

    @property
    def module(self) -> str:
        """The dotted name of the module that it is written in."""
        return self.function.__module__

    @property
    def component(self) -> str | None:
        """The label of its component, looked up at each call; None outside all components."""
        component = component_of_module(self.module)
        return None if component is None else component.label

    @property
    def raises(self) -> tuple[type[Exception], ...]:
        """The errors it may raise: those declared, else all that its public module re-exports."""
        if self.declared is not None:
            return self.declared
        component = component_of_module(self.module)
        return () if component is None else errors_of(component)

    @property
    def signature(self) -> str:
        """The signature as one would write it: `(*, invoice_id: UUID) -> InvoiceInfo`."""
        signature = inspect.signature(self.function)
        parameters = [
            parameter.replace(annotation=_short(parameter.annotation))
            for parameter in signature.parameters.values()
        ]
        returned = _short(signature.return_annotation)
        return str(signature.replace(parameters=parameters, return_annotation=returned))

    @property
    def doc(self) -> str:
        """Its docstring, without indentation; empty where it has none."""
        return inspect.getdoc(self.function) or ""


Watcher = Callable[[ExposedFunction, "partial[Any]"], Any]
"""Stands around each call: `call()` goes on, `call.args` and `call.keywords` are what it gets."""

_record: dict[tuple[str, str], ExposedFunction] = {}
_watcher: Watcher | None = None


@overload
def exposed(function: Callable[P, R], /) -> Callable[P, R]: ...
@overload
def exposed(
    *, raises: tuple[type[Exception], ...]
) -> Callable[[Callable[P, R]], Callable[P, R]]: ...
def exposed(
    function: Callable[P, R] | None = None, /, *, raises: tuple[type[Exception], ...] | None = None
) -> Callable[P, R] | Callable[[Callable[P, R]], Callable[P, R]]:
    """Offer a function of `public/` to other components.

    It may raise every error that its component's public module re-exports; `raises` narrows this
    down to the errors that are named.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        entry = ExposedFunction(function=function, declared=raises)
        _record[entry.module, function.__qualname__] = entry

        @wraps(function)
        def call(*args: P.args, **kwargs: P.kwargs) -> R:
            if _watcher is None:
                return function(*args, **kwargs)
            result: R = _watcher(entry, partial(function, *args, **kwargs))
            return result

        call.__dict__["bulkhead_exposed"] = entry
        return markcoroutinefunction(call) if iscoroutinefunction(function) else call

    return decorate if function is None else decorate(function)


@contextmanager
def watch_calls(watcher: Watcher) -> Iterator[None]:
    """Let every call of an exposed function, on all threads, go through this watcher."""
    global _watcher  # noqa: PLW0603 - the one seam
    before, _watcher = _watcher, watcher
    try:
        yield
    finally:
        _watcher = before


def is_exposed(function: Callable[..., Any]) -> bool:
    """Return whether a function bears `@exposed`."""
    return "bulkhead_exposed" in vars(function)


def exposed_functions(component: ComponentConfig) -> list[ExposedFunction]:
    """Return what a component offers, sorted by name, after importing its `public/`."""
    public = {module.__name__ for module in public_modules(component)}
    found = [entry for entry in _record.values() if entry.module in public]
    return sorted(found, key=lambda entry: entry.name)


def recorded_functions(component: ComponentConfig) -> list[ExposedFunction]:
    """Return what bears `@exposed` in any module of a component that has been imported."""
    found = [entry for entry in _record.values() if entry.component == component.label]
    return sorted(found, key=lambda entry: (entry.module, entry.name))


def public_modules(component: ComponentConfig) -> list[ModuleType]:
    """Return `public` and the modules in it, imported; none where there is no `public`."""
    name = f"{component.name}.public"
    if find_spec(name) is None:
        return []
    package = import_module(name)
    inside = pkgutil.walk_packages(getattr(package, "__path__", []), prefix=f"{name}.")
    return [package, *(import_module(module.name) for module in inside)]


def errors_of(component: ComponentConfig) -> tuple[type[Exception], ...]:
    """Return the errors that a component's `public` re-exports, sorted by name."""
    modules = public_modules(component)
    names = vars(modules[0]) if modules else {}
    found = {name: value for name, value in names.items() if _is_error(value) and name[0] != "_"}
    return tuple(found[name] for name in sorted(found))


def _is_error(value: object) -> bool:
    return isinstance(value, type) and issubclass(value, Exception)


class _Written(str):
    """An annotation that is shown without quotes."""

    __slots__ = ()
    __repr__ = str.__str__


def _short(annotation: Any) -> Any:
    if annotation is inspect.Signature.empty:
        return annotation
    return _Written(shown(annotation))
