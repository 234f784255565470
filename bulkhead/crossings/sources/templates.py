"""Crossings of the kind `template`: templates and tag libraries of another component."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from bulkhead.crossings.links import Link, Unresolved
from bulkhead.crossings.reading.facts import Call, FileFacts, Term, Value
from bulkhead.crossings.reading.templates import Tag
from bulkhead.crossings.sources.seen import Reporter, reporters
from bulkhead.crossings.sources.template_files import (
    ReadTemplate,
    TemplateFile,
    TemplateFiles,
    templates_of,
)
from bulkhead.crossings.sources.terms import (
    argument,
    dotted,
    has_argument,
    is_constant,
    items_of,
    term_of,
)
from bulkhead.crossings.sources.values import Values
from bulkhead.crossings.world import World

KIND = "template"

TAKEN_AT = {
    "SimpleTemplateResponse": (0, "template"),
    "TemplateResponse": (1, "template"),
    "as_view": (100, "template_name"),  # never by its place
    "get_template": (0, "template_name"),
    "inclusion_tag": (0, "filename"),
    "render": (1, "template_name"),
    "render_to_string": (0, "template_name"),
    "select_template": (0, "template_name_list"),
}
"""Where a call takes the name of a template."""

_READS_LIKE_ONE = re.compile(r"\.(?:html|txt|xml)$")

RUNNING = "The name is put together while it runs."
UNKNOWN = "No template folder has it."


def templates(world: World) -> Iterator[Link | Unresolved]:
    """Yield the templates and tag libraries of other components that are named."""
    source = _Templates(world)
    for reporter, facts in reporters(world, KIND):
        yield from source.texts(reporter, facts)
        yield from source.calls(reporter, facts)
        yield from source.attributes(reporter, facts)
    for reporter, template in templates_of(world, KIND):
        yield from source.unreadable(reporter, template)
        yield from source.tags(reporter, template)


class _Templates:
    def __init__(self, world: World) -> None:
        self._world = world
        self._values = Values(world)
        self._files = TemplateFiles(world)

    def texts(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link]:
        """Yield the strings of a file that are names of templates, whoever takes them."""
        for text in facts.texts:
            if _READS_LIKE_ONE.search(text.text) and (found := self._files.named(text.text)):
                yield from reporter.link(text.line, found.symbol)

    def calls(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield what only the function tells to be a name, and what can't be told."""
        texts = _names_in(facts)
        for call in facts.calls:
            for value in self._given(call):
                if value in texts and self._files.exists(str(value)):
                    continue
                if isinstance(value, str):
                    yield from self._named(reporter, call.line, value, is_certain=_is_djangos(call))
                elif _is_djangos(call) and not is_constant(value):
                    yield from reporter.unresolved(call.line, call.name, RUNNING)

    def _given(self, call: Call) -> Iterator[Value]:
        place, name = TAKEN_AT.get(call.name, (0, ""))
        if not name or not has_argument(call, place, name) or not _is_taken(call):
            return
        given = argument(call, place, name)
        for option in () if _is_own(term_of(given)) else self._values.options(given):
            for item in items_of(option):
                yield from self._values.options(item)

    def attributes(self, reporter: Reporter, facts: FileFacts) -> Iterator[Link | Unresolved]:
        """Yield what classes name as their template: `template_name`, `email_template`."""
        texts = _names_in(facts)
        given = [
            (name, line, item)
            for one in facts.classes
            for name, line, value in one.attributes
            for item in (items_of(value) if "template" in name else ())
        ]
        for name, line, item in given:
            if isinstance(item, str) and not (item in texts and self._files.exists(item)):
                is_certain = name == "template_name"
                yield from self._named(reporter, line, item, is_certain=is_certain)

    def unreadable(self, reporter: Reporter, template: ReadTemplate) -> Iterator[Unresolved]:
        """Yield a template that can't be read."""
        facts = template.facts
        if facts.unreadable:
            reason = f"This file can't be read: {facts.unreadable}."
            yield from reporter.unresolved(facts.unreadable_line, template.name, reason)

    def tags(self, reporter: Reporter, template: ReadTemplate) -> Iterator[Link | Unresolved]:
        """Yield what the tags of a template name."""
        for tag in template.facts.tags:
            if tag.tag == "load":
                yield from self._library(reporter, tag)
            elif tag.tag in {"extends", "include"} and not tag.name:
                yield from reporter.unresolved(tag.line, tag.text, RUNNING)
            elif tag.tag in {"extends", "include", "other"}:
                yield from self._tagged(reporter, template.file, tag)

    def _library(self, reporter: Reporter, tag: Tag) -> Iterator[Link | Unresolved]:
        module = self._world.started.tag_libraries.get(tag.name)
        if module is None:
            reason = "No installed tag library has this name."
            yield from reporter.unresolved(tag.line, tag.name, reason)
        else:
            yield from reporter.link(tag.line, module)

    def _tagged(
        self, reporter: Reporter, file: TemplateFile | None, tag: Tag
    ) -> Iterator[Link | Unresolved]:
        name = tag.name
        if file is not None and name.startswith(("./", "../")):
            name = posixpath.normpath(posixpath.join(posixpath.dirname(file.name), name))
        if not self._files.exists(name):
            if tag.tag != "other":
                yield from reporter.unresolved(tag.line, name, UNKNOWN)
        else:
            but = file.path if file is not None and tag.tag == "extends" else None
            if found := self._files.named(name, but=but):
                yield from reporter.link(tag.line, found.symbol)

    def _named(
        self, reporter: Reporter, line: int, name: str, *, is_certain: bool
    ) -> Iterator[Link | Unresolved]:
        if found := self._files.named(name):
            yield from reporter.link(line, found.symbol)
        elif is_certain and not self._files.exists(name):
            yield from reporter.unresolved(line, name, UNKNOWN)


def _names_in(facts: FileFacts) -> set[Value]:
    """Return the strings of a file that read like names of templates, and are told as such."""
    return {text.text for text in facts.texts if _READS_LIKE_ONE.search(text.text)}


def _is_taken(call: Call) -> bool:
    """Return whether a call is of a function: `form.render` and `Jinja.get_template` are none."""
    return call.name in {"as_view", "inclusion_tag"} or bool(dotted(call.function))


def _is_djangos(call: Call) -> bool:
    return dotted(call.function).startswith(("django.shortcuts.", "django.template."))


def _is_own(term: Term) -> bool:
    """Return whether a name is an attribute of the object itself, which its class tells of."""
    match term:
        case ("attribute", (("self" | "cls"), _), str(name)):
            return "template" in name
    return False
