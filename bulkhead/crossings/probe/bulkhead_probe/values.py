"""Values and classes, as they are handed over."""

from __future__ import annotations

import sys
from typing import Any


def plain(value: Any) -> Any:
    """Return a value as JSON can hold it; what it can't is told by its text."""
    if value is None or isinstance(value, (str, int, float)):
        return value
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    return str(value)


def dotted(thing: Any) -> str:
    """Return where a class or function is found; one made in a function, by its own name."""
    if not hasattr(thing, "__qualname__"):
        thing = type(thing)
    module, name = str(thing.__module__ or ""), str(thing.__qualname__)
    if "<locals>" in name:
        own = str(thing.__name__)
        name = own if hasattr(sys.modules.get(module), own) else name.partition(".<locals>")[0]
    return f"{module}.{name}"
