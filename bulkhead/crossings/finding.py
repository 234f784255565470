"""All links of a project, from every source."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeAlias

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.project import Tell
from bulkhead.crossings.sources.fixtures import fixtures
from bulkhead.crossings.sources.imports import import_links
from bulkhead.crossings.sources.migrations import migrations
from bulkhead.crossings.sources.model_lookups import model_lookups
from bulkhead.crossings.sources.public_leaks import public_leaks
from bulkhead.crossings.sources.query_paths import query_paths
from bulkhead.crossings.sources.raw_sql import raw_sql
from bulkhead.crossings.sources.relations import relations
from bulkhead.crossings.sources.reverse import reverses
from bulkhead.crossings.sources.signals import signals
from bulkhead.crossings.sources.strings import strings
from bulkhead.crossings.sources.templates import templates
from bulkhead.crossings.sources.url_names import url_names
from bulkhead.crossings.world import World

Source: TypeAlias = Callable[[World], Iterator[Link | Unresolved]]

SOURCES: tuple[Source, ...] = (
    import_links,
    relations,
    reverses,
    query_paths,
    model_lookups,
    strings,
    url_names,
    templates,
    signals,
    migrations,
    raw_sql,
    fixtures,
    public_leaks,
)
"""One for each kind, or for several that are read together."""


def find_links(world: World, tell: Tell | None = None) -> Iterator[Link | Unresolved]:
    """Yield what every source finds, and what could not be read."""
    if world.asked_files is None:
        world.facts.read_all(tell)
    yield from world.unread()
    for source in SOURCES:
        yield from source(world)
    world.cache.save()
