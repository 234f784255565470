"""Where a client finds what is wrong with its input: by the names that it sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from bulkhead.api.branches import without_marks

Location = Sequence[str | int]


def as_sent(location: Location, model: Any) -> Location:
    """Return a place in one of ninja's models as a place in what the client sent.

    A single body stands for the parameter that takes it, and so do the fields of a model whose
    values are sent one by one, as in a query. No step is a branch of a union.
    """
    source, *path = without_marks(location)
    if getattr(model, "__read_from_single_attr__", None):
        return (source, *path[1:])
    names = {fields: name for name, fields in getattr(model, "__ninja_flatten_map__", {}).items()}
    for length in range(len(path), 1, -1):
        name = names.get(tuple(path[:length]))
        if name is not None:
            return (source, name, *path[length:])
    return (source, *path)
