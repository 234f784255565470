"""All links of a project, from every source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.project import Tell
from bulkhead.crossings.sources.imports import import_links
from bulkhead.crossings.world import World

Source: TypeAlias = Callable[[World], Iterator[Link | Unresolved]]

SOURCES: tuple[Source, ...] = (import_links,)
"""One for each kind, or for several that are read together."""


def find_links(world: World, tell: Tell | None = None) -> Iterator[Link | Unresolved]:
    """Yield what every source finds, and what could not be read."""
    if world.asked_files is None:
        world.facts.read_all(tell)
    yield from world.unread()
    for source in SOURCES:
        yield from source(world)
    world.cache.save()
