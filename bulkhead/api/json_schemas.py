"""How a type is described to clients: enums with their names, fields with examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from enum import Enum
from typing import Any

from django.db.models import Choices
from ninja.schema import NinjaGenerateJsonSchema
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import core_schema

from bulkhead.api.attribute_docs import attribute_docs

_WORDS = ("Text", "text", "A-1", "A1", "a1", "2026-001", "1", "EUR", "de", "name@example.org")
_NUMBERS = ("12.50", "12.5", "12", "1", "0.5", "0.05", "0", "-1", "150", "1500")


class ComponentJsonSchema(NinjaGenerateJsonSchema):
    """Describes what is taken, and what is answered with every field that it has."""

    leaves_out = False
    """Whether what is answered lacks fields that have their default, or are None."""

    def enum_schema(self, schema: core_schema.EnumSchema) -> JsonSchemaValue:
        """Return the values with the names that they bear in the code, and what these mean.

        A second name of a value is left out, as it is none to clients.
        """
        members: list[Enum] = list(dict.fromkeys(schema["members"]))
        described = super().enum_schema({**schema, "members": members})
        described["x-enum-varnames"] = [member.name for member in members]
        meanings = [_meaning(member) for member in members]
        if any(meanings):
            described["x-enum-descriptions"] = meanings
        return described

    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:
        """Return a string of digits, and what is taken of numbers."""
        described = super().decimal_schema(schema)
        for kind in described.get("anyOf", [described]):
            if kind["type"] == "string":
                kind["format"] = "decimal"
        fitting = (number for number in _NUMBERS if _fits(Decimal(number), schema))
        return described | _example(fitting)

    def str_schema(self, schema: core_schema.StringSchema) -> JsonSchemaValue:
        """Return a string, with an example of its pattern where a plain word is one."""
        described = super().str_schema(schema)
        if "pattern" not in described:
            return described
        return described | _example(word for word in _WORDS if _is_like(word, described))

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """Return the fields, with what stands below each in the class."""
        return _with_docs(super().dataclass_schema(schema), schema["cls"])

    def model_schema(self, schema: core_schema.ModelSchema) -> JsonSchemaValue:
        """Return the fields, with what stands below each in the class."""
        return _with_docs(super().model_schema(schema), schema["cls"])

    def field_is_required(
        self,
        field: core_schema.ModelField | core_schema.DataclassField | core_schema.TypedDictField,
        total: bool,  # noqa: FBT001 - pydantic's signature
    ) -> bool:
        """Return whether a field is always sent: an answer also has what is left at its default."""
        usual = super().field_is_required(field, total)
        if self.mode == "validation" or field["type"] == "typed-dict-field":
            return usual
        if self.leaves_out:
            return usual and not _may_be_none(field["schema"])
        return not field.get("serialization_exclude_if")


class PartialJsonSchema(ComponentJsonSchema):
    """Describes the answers of endpoints that leave out defaults or None."""

    leaves_out = True


def _meaning(member: Enum) -> str:
    said = attribute_docs(type(member)).get(member.name)
    return said or (str(member.label) if isinstance(member, Choices) else "")


def _example(fitting: Iterable[str]) -> dict[str, Any]:
    return {"examples": [found]} if (found := next(iter(fitting), None)) else {}


def _is_like(word: str, described: Mapping[str, Any]) -> bool:
    shortest, longest = described.get("minLength", 0), described.get("maxLength", len(word))
    try:
        return shortest <= len(word) <= longest and bool(re.search(described["pattern"], word))
    except re.error:  # pydantic's own language of patterns is not quite Python's
        return False


def _fits(number: Decimal, schema: core_schema.DecimalSchema) -> bool:
    _, digits, exponent = number.as_tuple()
    limits = (
        number >= schema.get("ge", number),
        number <= schema.get("le", number),
        number > schema.get("gt", number - 1),
        number < schema.get("lt", number + 1),
        len(digits) <= schema.get("max_digits", len(digits)),
        -int(exponent) <= schema.get("decimal_places", -int(exponent)),
        not number % schema.get("multiple_of", 1) or "multiple_of" not in schema,
    )
    return all(limits)


def _may_be_none(schema: Mapping[str, Any]) -> bool:
    """Return whether None stands in it, below what wraps it."""
    if schema["type"] == "nullable":
        return True
    return "schema" in schema and _may_be_none(schema["schema"])


def _with_docs(described: JsonSchemaValue, cls: type) -> JsonSchemaValue:
    properties = described.get("properties", {})
    for name, text in attribute_docs(cls).items():
        if name in properties:
            properties[name].setdefault("description", text)
    return described
