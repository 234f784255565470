"""From what a client sends to values: JSON as RFC 8259 has it, without what no database takes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from math import isfinite
from typing import Any

from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.errors import ValidationError
from ninja.parser import Parser
from pydantic_core import from_json

from bulkhead.api.repeated_names import repeated_names

_JSON = re.compile(r"(?:application/json|[\w.+-]+/[\w.+-]+\+json)", re.ASCII | re.IGNORECASE)
_NUL = "\0"
_WRITTEN_NUL = b"\\u0000"
_LARGE = re.compile(rb"[eE]\+?\d{3}|(?<!\d)\d{200}")  # a number beyond 1e308 has one of these


class MalformedBodyError(ValueError):
    """The body of a request is no JSON."""


class UnreadMediaTypeError(ValueError):
    """The body of a request is of a type that is not read."""

    def __init__(self, media_type: str) -> None:
        super().__init__(f"The body is {media_type}. Send application/json.")


class NulError(ValueError):
    """A text in the body has a NUL character."""

    def __init__(self, path: Sequence[str | int]) -> None:
        super().__init__("A text may not have a NUL character in it")
        self.path = tuple(path)


class InfiniteNumberError(ValueError):
    """A number in the body is beyond what a float can hold."""

    def __init__(self, path: Sequence[str | int]) -> None:
        super().__init__("Input should be a finite number")
        self.path = tuple(path)


class RepeatedNameError(ValueError):
    """An object in the body has two members of one name."""

    def __init__(self, path: Sequence[str | int]) -> None:
        super().__init__("This name stands more than once in its object. Send it once")
        self.path = tuple(path)


class JSONParser(Parser):
    """Reads JSON as RFC 8259 has it: no NaN, no lone surrogates, no name twice.

    It takes no NUL either, and no number that would be read as infinite.
    Ninja makes an HttpError of whatever `parse_body` raises, with that as its cause.
    """

    def parse_body(self, request: HttpRequest) -> Any:
        """Return the body's value."""
        media_type = request.content_type
        if media_type and not _JSON.fullmatch(media_type):
            raise UnreadMediaTypeError(media_type)
        try:
            body = from_json(request.body, allow_inf_nan=False)
        except ValueError as error:
            raise MalformedBodyError(str(error).strip()) from error
        _require_readable(request.body, body)
        return body

    def parse_querydict(
        self, data: MultiValueDict[str, Any], list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return the values of a query or a form."""
        for name, values in data.lists():
            if _NUL in name or any(isinstance(each, str) and _NUL in each for each in values):
                raise ValidationError([nul_at("query" if data is request.GET else "form", name)])
        parsed: dict[str, Any] = super().parse_querydict(data, list_fields, request)
        return parsed


def nul_at(*location: str | int) -> dict[str, Any]:
    """Return what is found where a text has a NUL character."""
    return {"type": "nul_character", "loc": location, "msg": str(NulError(location))}


def _require_readable(written: bytes, value: Any) -> None:
    """Raise for what JSON may have, and what others would read otherwise or can't store."""
    for path in repeated_names(written, value):
        raise RepeatedNameError(path)
    if _WRITTEN_NUL in written:
        for path in _nuls(value):
            raise NulError(path)
    if _LARGE.search(written):
        for path in _infinities(value):
            raise InfiniteNumberError(path)


def _nuls(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return the path to every text, and to every object with a name, that has a NUL in it."""
    if isinstance(value, str):
        yield from [path] if _NUL in value else []
    elif isinstance(value, list | dict):
        for name, item in _items(value):
            yield from [path] if _NUL in str(name) else []
            yield from _nuls(item, (*path, name))


def _infinities(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return the path to every number that was too large to be read as one."""
    if isinstance(value, float):
        yield from [] if isfinite(value) else [path]
    elif isinstance(value, list | dict):
        for name, item in _items(value):
            yield from _infinities(item, (*path, name))


def _items(value: dict[str, Any] | list[Any]) -> Iterable[tuple[str | int, Any]]:
    return value.items() if isinstance(value, dict) else enumerate(value)
