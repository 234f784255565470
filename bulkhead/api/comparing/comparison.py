"""Compares what two documents say of each operation."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from bulkhead.api.comparing.changes import Change
from bulkhead.api.comparing.defaults import NONE, changed_default, of_parameter
from bulkhead.api.comparing.operations import Operation, operations_of
from bulkhead.api.comparing.reading import Document
from bulkhead.api.comparing.schemas import Loss, SchemaComparison, Side

_Parameter = tuple[Operation, Mapping[str, Any]]

_KINDS = {
    Side.REQUEST: {
        "null": "request-null-refused",
        "type": "request-type-narrowed",
        "value": "request-value-removed",
        "limit": "request-limit-tightened",
        "field": "request-field-removed",
        "required": "request-field-required",
        "closed": "request-fields-closed",
        "default": "request-default-changed",
        "not-judged": "request-not-judged",
    },
    Side.RESPONSE: {
        "null": "response-null-added",
        "type": "response-type-widened",
        "value": "response-value-added",
        "limit": "response-limit-loosened",
        "field": "response-field-removed",
        "required": "response-field-optional",
        "not-judged": "response-not-judged",
    },
}


def breaking_changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[Change]:
    """Return what clients of the old document can't rely on in the new one, sorted."""
    return sorted(set(_Comparison(Document(old), Document(new)).changes()))


class _Comparison:
    def __init__(self, old: Document, new: Document) -> None:
        self._old = operations_of(old)
        self._new = operations_of(new)
        self._sent = SchemaComparison(old, new, side=Side.REQUEST)
        self._answered = SchemaComparison(new, old, side=Side.RESPONSE)

    def changes(self) -> Iterator[Change]:
        paths = {path for path, _ in self._new}
        for (path, method), old in self._old.items():
            new = self._new.get((path, method))
            if new is not None:
                yield from self._of_operation(old, new)
            elif path in paths:
                yield old.change("method-removed", before=method)
            else:
                yield old.change("path-removed", before=old.path)

    def _of_operation(self, old: Operation, new: Operation) -> Iterator[Change]:
        before, after = (each.details.get("operationId", "") for each in (old, new))
        if before and before != after:
            yield old.change("operation-id-changed", before=before, after=after)
        yield from self._of_path(old, new)
        yield from self._of_parameters(old, new)
        yield from self._of_body(old, new)
        yield from self._of_responses(old, new)
        yield from _of_security(old, new)

    def _of_path(self, old: Operation, new: Operation) -> Iterator[Change]:
        for one, other in zip(old.path_parameters(), new.path_parameters(), strict=True):
            where = f"path parameter {one['name']}"
            if one["name"] != other["name"]:
                yield old.change(
                    "path-parameter-renamed", where, before=one["name"], after=other["name"]
                )
            yield from self._of_sent(old, where, one.get("schema", {}), other.get("schema", {}))

    def _of_parameters(self, old: Operation, new: Operation) -> Iterator[Change]:
        known, found = old.parameters(), new.parameters()
        for key, one in known.items():
            if key in found:
                yield from self._of_parameter(old, one, self._as_sent(one, found[key]))
                yield from self._of_default((old, one), (new, found[key]))
            else:
                shown = old.document.shown(one.get("schema", {}))
                yield old.change("parameter-removed", _parameter(one), before=shown)
        for key, other in found.items():
            if other.get("required") and not known.get(key, {}).get("required"):
                was = "optional" if key in known else ""
                where = _parameter(other)
                yield old.change("parameter-required", where, before=was, after="required")

    def _of_parameter(
        self, old: Operation, one: Mapping[str, Any], other: Mapping[str, Any]
    ) -> Iterator[Change]:
        where = _parameter(one)
        before, after = _written(one), _written(other)
        yield from self._of_sent(old, where, one.get("schema", {}), other.get("schema", {}))
        if before != after:
            yield old.change("parameter-written-otherwise", where, before=before, after=after)

    def _of_default(self, before: _Parameter, after: _Parameter) -> Iterator[Change]:
        (old, one), (_, other) = before, after
        if one.get("required") or other.get("required"):
            return
        known, found = (
            of_parameter(operation.document.default(parameter.get("schema", {})))
            for operation, parameter in (before, after)
        )
        if known is not NONE and self._as_sent(one, other) is not other:
            known = [known]
        for was, now in changed_default(known, found):
            yield old.change("request-default-changed", _parameter(one), before=was, after=now)

    def _as_sent(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a parameter that takes several values now as one that takes a single one did.

        `?status=draft` is a list of one.
        """
        schemas = one.get("schema", {}), other.get("schema", {})
        if other["in"] == "query" and self._sent.is_list_only_now(*schemas):
            return {**other, "schema": self._sent.items(schemas[1])}
        return other

    def _of_body(self, old: Operation, new: Operation) -> Iterator[Change]:
        one, other = old.body(), new.body()
        if other.get("required") and not one.get("required"):
            was = "optional" if one else ""
            yield old.change("body-required", "request body", before=was, after="required")
        if one and not other:
            yield old.change("body-removed", "request body", before=", ".join(one["content"]))
            return
        for media_type, content in one.get("content", {}).items():
            found = other["content"].get(media_type)
            if found is None:
                yield old.change("request-media-type-removed", "request body", before=media_type)
            else:
                schemas = content.get("schema", {}), found.get("schema", {})
                yield from self._of_sent(old, "request body", *schemas)

    def _of_responses(self, old: Operation, new: Operation) -> Iterator[Change]:
        known, found = old.responses(), new.responses()
        for status in sorted(known.keys() & found.keys()):
            yield from self._of_response(old, f"response {status}", known[status], found[status])
        gone = sorted(filter(_is_success, known.keys() - found.keys()))
        further = sorted(filter(_is_success, found.keys() - known.keys()))
        for status in gone:
            after = ", ".join(further)
            yield old.change("status-removed", f"response {status}", before=status, after=after)
        for status in () if gone else further:
            yield old.change("status-added", f"response {status}", after=status)

    def _of_response(
        self, old: Operation, where: str, one: Mapping[str, Any], other: Mapping[str, Any]
    ) -> Iterator[Change]:
        yield from self._of_headers(old, where, one, other)
        for media_type, content in one.get("content", {}).items():
            found = other.get("content", {}).get(media_type)
            if found is None:
                yield old.change("response-media-type-removed", where, before=media_type)
            else:
                schemas = found.get("schema", {}), content.get("schema", {})
                for loss in self._answered.losses(*schemas):
                    yield _change(old, where, loss, Side.RESPONSE)

    def _of_headers(
        self, old: Operation, where: str, one: Mapping[str, Any], other: Mapping[str, Any]
    ) -> Iterator[Change]:
        found = {name.lower(): header for name, header in other.get("headers", {}).items()}
        for name, header in one.get("headers", {}).items():
            place = f"{where}, header {name}"
            if name.lower() not in found:
                yield old.change("header-removed", place, before=name)
            elif header.get("required") and not found[name.lower()].get("required"):
                yield old.change("header-optional", place, before="required", after="optional")

    def _of_sent(self, old: Operation, where: str, one: Any, other: Any) -> Iterator[Change]:
        for loss in self._sent.losses(one, other):
            yield _change(old, where, loss, Side.REQUEST)


def _of_security(old: Operation, new: Operation) -> Iterator[Change]:
    ways = new.ways_in()
    for way in old.ways_in():
        if not any(found <= way for found in ways):
            yield old.change("security-added", "security", before=_ways([way]), after=_ways(ways))


def _ways(ways: Iterable[frozenset[str]]) -> str:
    return " or ".join(" and ".join(sorted(way)) or "none" for way in ways)


def _change(operation: Operation, where: str, loss: Loss, side: Side) -> Change:
    before, after = (loss.given, loss.taken)
    if side is Side.RESPONSE:
        before, after = after, before
    at = loss.at.removeprefix(".")
    return Change(
        path=operation.path,
        method=operation.method,
        where=f"{where}: {at}" if at else where,
        kind=_KINDS[side][loss.what],
        before=before,
        after=after,
        schema=loss.schema,
    )


def _is_success(status: str) -> bool:
    return status.startswith("2")


def _parameter(parameter: Mapping[str, Any]) -> str:
    return f"{parameter['in']} parameter {parameter['name']}"


def _written(parameter: Mapping[str, Any]) -> str:
    """Return how a parameter's values are written, with the defaults that OpenAPI gives."""
    style = parameter.get("style") or (
        "form" if parameter["in"] in {"query", "cookie"} else "simple"
    )
    explode = parameter.get("explode", style == "form")
    return f"{style}, each value by itself" if explode else style
