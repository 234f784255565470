"""Reads OpenAPI documents: follows references, merges what stands in several places."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bulkhead.api.comparing.defaults import NONE

Schema = Mapping[str, Any]

_NOTES = frozenset(
    {
        "title",
        "description",
        "default",
        "example",
        "examples",
        "deprecated",
        "readOnly",
        "writeOnly",
        "externalDocs",
        "discriminator",
        "xml",
        "$comment",
    }
)
_NEVER: Schema = {"not": {}}


@dataclass(frozen=True, slots=True)
class Document:
    """A document whose references can be followed."""

    content: Mapping[str, Any]

    def followed(self, node: Any) -> Mapping[str, Any]:
        """Return what a node refers to, as often as it does, with what stands beside it."""
        found = _as_mapping(node)
        seen: set[str] = set()
        while "$ref" in found and found["$ref"] not in seen:
            seen.add(found["$ref"])
            beside = {name: value for name, value in found.items() if name != "$ref"}
            found = {**_as_mapping(self._at(found["$ref"])), **beside}
        return found

    def schema(self, node: Any) -> Schema:
        """Return a schema without notes for people, its references followed and `allOf` merged."""
        found = _without_notes(self.followed(node))
        parts = found.get("allOf", ())
        for part in parts:
            found = _merged(found, self.schema(part))
        return {name: value for name, value in found.items() if name != "allOf"}

    def default(self, node: Any) -> Any:
        """Return what is meant where it is left out, or NONE."""
        return self.followed(node).get("default", NONE)

    def alternatives(self, node: Any) -> list[Schema]:
        """Return the schemas of which a value fits one, none of them a union itself."""
        schema = self.schema(node)
        for word in ("anyOf", "oneOf"):
            if word in schema:
                rest = {name: value for name, value in schema.items() if name != word}
                parts = [self._with(rest, part) for part in schema[word]]
                return [found for part in parts for found in self.alternatives(part)]
        types = schema.get("type")
        if isinstance(types, list):
            return [{**schema, "type": each} for each in types]
        return [_as_mapping(node) if "$ref" in _as_mapping(node) else schema]

    def name(self, node: Any) -> str:
        """Return the name of the schema that a node refers to, or nothing."""
        return str(_as_mapping(node).get("$ref", "")).rpartition("/")[2]

    def shown(self, node: Any) -> str:
        """Return a schema in a few words, as `string (date) or null`."""
        return " or ".join(dict.fromkeys(self._shown(each) for each in self.alternatives(node)))

    def _shown(self, node: Schema) -> str:
        if name := self.name(node):
            return name
        schema = self.schema(node)
        if (values := values_of(schema)) is not None:
            return ", ".join(map(repr_of, values))
        kind = type_of(schema) or "anything"
        if kind == "array":
            return f"array of {self.shown(schema.get('items', {}))}"
        return f"{kind} ({schema['format']})" if "format" in schema else kind

    def _with(self, rest: Schema, part: Any) -> Schema:
        return _merged(rest, self.schema(part)) if rest else _as_mapping(part)

    def _at(self, reference: str) -> Any:
        node: Any = self.content
        for step in reference.removeprefix("#/").split("/"):
            name = step.replace("~1", "/").replace("~0", "~")
            node = node.get(name, {}) if isinstance(node, Mapping) else {}
        return node


def type_of(schema: Schema) -> str | None:
    """Return the type of what fits, or None where any does."""
    if "type" in schema:
        return str(schema["type"])
    types = {_type_of_value(value) for value in values_of(schema) or ()}
    if len(types) == 1:
        return types.pop()
    return "object" if "properties" in schema else None


def values_of(schema: Schema) -> list[Any] | None:
    """Return the only values that fit, or None where others do too."""
    if "const" in schema:
        return [schema["const"]]
    values: list[Any] | None = schema.get("enum")
    return values


def repr_of(value: Any) -> str:
    """Return a value as JSON has it, a string without its quotes."""
    return value if isinstance(value, str) else json.dumps(value)


def _type_of_value(value: Any) -> str:
    kinds = {bool: "boolean", int: "integer", float: "number", str: "string", type(None): "null"}
    return kinds.get(type(value), "object")


def _as_mapping(node: Any) -> Mapping[str, Any]:
    if isinstance(node, Mapping):
        return node
    return _NEVER if node is False else {}


def _without_notes(schema: Schema) -> Schema:
    return {
        name: value
        for name, value in schema.items()
        if name not in _NOTES and not name.startswith("x-")
    }


def _merged(one: Schema, other: Schema) -> Schema:
    """Return what says as much as both; the lists of fields are joined."""
    merged = {**one, **other}
    if "properties" in one and "properties" in other:
        merged["properties"] = {**one["properties"], **other["properties"]}
    if "required" in one and "required" in other:
        merged["required"] = [*one["required"], *other["required"]]
    return merged
