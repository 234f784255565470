"""Crossings of the kind `url-name`: pages of another component, by the names of their URLs."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts, Term, Value
from bulkhead.crossings.sources.models import Models
from bulkhead.crossings.sources.seen import Reporter, is_first_party, reporters
from bulkhead.crossings.sources.template_files import templates_of
from bulkhead.crossings.sources.terms import (
    argument,
    dotted,
    has_argument,
    is_constant,
    last_name,
    term_of,
)
from bulkhead.crossings.sources.values import Values
from bulkhead.crossings.started import StartedUrl
from bulkhead.crossings.world import World

KIND = "url-name"

REVERSING = {"reverse", "reverse_lazy"}
"""What takes the name of a URL, or a view."""

RESOLVING = {"redirect", "resolve_url"}
"""What also takes a URL, or an object that knows its own."""

RUNNING = "The name is put together while it runs."
_MODULES = {"django.shortcuts", "django.urls", "rest_framework.reverse"}
_OF_REDIRECT = {"permanent", "preserve_request"}
_KNOWS_URLS = re.compile(r"url|path|uri|reverse|referr?er|next", re.IGNORECASE)
"""What is called so is a URL already."""

_NOTHING = ("constant", None)
_ADMIN = re.compile(r"admin:(\w+?)_(\w+)_(?:add|change|changelist|delete|history|view)")


def url_names(world: World) -> Iterator[Link | Unresolved]:
    """Yield the names of URLs that lead to pages of another component."""
    source = _UrlNames(world)
    for reporter, facts in reporters(world, KIND):
        yield from source.calls(reporter, facts)
    for reporter, template in templates_of(world, KIND):
        for tag in template.facts.tags:
            if tag.tag == "url" and tag.name:
                yield from source.named(reporter, tag.line, tag.name)
            elif tag.tag == "url":
                yield from reporter.unresolved(tag.line, tag.text, RUNNING)


class _UrlNames:
    def __init__(self, world: World) -> None:
        self._world = world
        self._values = Values(world)
        self._models = Models(world)
        self._urls: dict[str, list[StartedUrl]] = {}
        for url in world.started.urls:
            self._urls.setdefault(url.name, []).append(url)

    def calls(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield what the calls of one file name."""
        for call in facts.calls:
            for value in self._values.options(_name_given(call)):
                if isinstance(value, str):
                    yield from self._written(reporter, call, value)
                elif _may_be_a_name(call, value):
                    yield from reporter.unresolved(call.line, call.name, RUNNING)

    def _written(self, reporter: Reporter, call: Call, name: str) -> Iterator[Link | Unresolved]:
        is_url = call.name in RESOLVING and {"/", ".", "?"} & set(name)
        if is_url and name not in self._urls:
            return
        if any(keyword == "urlconf" for keyword, _ in call.keywords):
            reason = "It is a name of another URL configuration."
            yield from reporter.unresolved(call.line, name, reason)
        else:
            yield from self.named(reporter, call.line, name)

    def named(self, reporter: Reporter, line: int, name: str) -> Iterator[Link | Unresolved]:
        """Yield where the name of a URL leads."""
        symbols = {self._symbol(url): None for url in self._urls.get(name, ())}
        owners = {self._world.places.of(symbol).owner for symbol in symbols}
        if not symbols:
            yield from reporter.unresolved(line, name, "No URL of the project has this name.")
        elif len(owners) > 1:
            reason = "URLs of several components have this name."
            yield from reporter.unresolved(line, name, reason)
        else:
            yield from reporter.link(line, min(symbols))

    def _symbol(self, url: StartedUrl) -> str:
        """Return the view, where it is somebody's own; else the name in its URL configuration."""
        if is_first_party(self._world.places, url.view):
            return url.view
        if (administered := _ADMIN.fullmatch(url.name)) and (
            model := self._models.labelled(".".join(administered.groups()))
        ):
            return model.symbol
        return f"{url.module}.{url.name.rpartition(':')[2]}"


def _name_given(call: Call) -> Value:
    """Return what names the URL; a constant where the call takes none."""
    if call.name.startswith("Hyperlinked"):
        return next((value for name, value in call.keywords if name == "view_name"), _NOTHING)
    if call.name not in REVERSING | RESOLVING or not _is_function(call.function):
        return _NOTHING
    return argument(call, 0, "viewname", "to") if has_argument(call, 0, "viewname") else _NOTHING


def _is_function(term: Term) -> bool:
    """Return whether a function is taken from a module: lists have a `reverse`, too."""
    match term:
        case ("name", str()):
            return True
        case ("attribute", ("name", str(module)), _):
            return module in _MODULES
    return False


def _may_be_a_name(call: Call, value: Value) -> bool:
    """Return whether what can't be read may be the name of a URL: not a view, not a model."""
    name = dotted(term_of(value))
    if is_constant(value) or (name and not name.startswith("django.conf.settings.")):
        return False
    if call.name not in RESOLVING:
        return True
    given = len(call.arguments) + sum(key not in _OF_REDIRECT for key, _ in call.keywords)
    return given > 1 or not _KNOWS_URLS.search(last_name(term_of(value)))
