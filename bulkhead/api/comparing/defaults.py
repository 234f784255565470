"""What input means that was left out: the defaults of two documents."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

NONE: Any = object()
"""There is no default."""


def changed_default(before: Any, after: Any) -> Iterator[tuple[str, str]]:
    """Return both defaults as JSON has them, where they differ; nothing stands for none."""
    if _comparable(before) != _comparable(after):
        yield _shown(before), _shown(after)


def of_parameter(default: Any) -> Any:
    """Return the default of a parameter, whose absence is the same as null or an empty list."""
    return NONE if default is None or default == [] else default


def _comparable(default: Any) -> Any:
    """Return what is equal for the same value of JSON alone: 1 is 1.0 there, and not true."""
    return (isinstance(default, bool), default)


def _shown(default: Any) -> str:
    return "" if default is NONE else json.dumps(default)
