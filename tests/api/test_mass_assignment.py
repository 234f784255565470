"""Every endpoint is sent every field of every aggregate and table; none but its own is taken."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any
from urllib.parse import urlencode

import pytest
from django.contrib.auth.models import User
from django.test import Client

from bulkhead.repositories import installed_repositories
from bulkhead.repositories.planning import shape_of
from bulkhead.repositories.shapes import Shape
from tests.api.endpoints import Endpoint, document, endpoints, send
from tests.api.stored import changes, models, stored
from tests.api.ways import Way, way_to

pytestmark = pytest.mark.component("budgeting", "contracting", "invoicing")

ALL = endpoints()
SCHEMAS = document()["components"]["schemas"]
TAKING = [each for each in ALL if "requestBody" in each.details]
PATH = tuple[str | int, ...]


def names() -> list[str]:
    """Return every field of every aggregate and its parts, and every column of every table."""
    found = {name for repository in installed_repositories() for name in _fields(repository)}
    found |= {name for model in (*models(), User) for name in _columns(model)}
    return sorted(found | {"pk", "__class__", "__dict__", "_state"})


def poison(name: str) -> Any:
    """Return a value that would show, of a kind that the field could take."""
    kinds: dict[str, Any] = {
        "status": "paid",
        "version": 987654,
        "lines": [],
        "is_superuser": True,
    }
    if name.endswith("_on"):
        return "1999-09-09"
    return kinds.get(name, "98765")


class TestNames:
    def test_are_those_of_aggregates_parts_and_tables(self) -> None:
        asked = {"agreed_sum", "change_orders", "is_superuser", "position", "total", "version"}

        assert asked <= set(names())


class TestBody:
    @pytest.mark.parametrize("endpoint", TAKING, ids=str)
    def test_with_a_field_that_its_schema_does_not_name_is_refused(
        self, trusted: Client, endpoint: Endpoint
    ) -> None:
        way, before = way_to(endpoint.id), stored()
        sent = 0

        for path, own in _objects(way.body, _schema_of(endpoint)):
            for name in set(names()) - own:
                sent += 1
                body = _with(way.body, path, name)
                response = send(trusted, endpoint, _replaced(way, body))
                _require_refused(response, (*path, name))

        assert sent > 50
        assert stored() == before

    @pytest.mark.parametrize("endpoint", ALL, ids=str)
    def test_of_all_names_changes_nothing_where_an_endpoint_takes_none(
        self, trusted: Client, endpoint: Endpoint
    ) -> None:
        everything = {name: poison(name) for name in names()}
        way = way_to(endpoint.id)
        if way.body is None:
            way = _replaced(way, everything)

        plain = _changed_by(trusted, endpoint, way_to(endpoint.id))
        attacked = _changed_by(trusted, endpoint, way)

        assert plain[0] == way.status
        assert attacked == plain


class TestQuery:
    @pytest.mark.parametrize("endpoint", ALL, ids=str)
    def test_of_all_names_is_refused_or_changes_nothing_else(
        self, trusted: Client, endpoint: Endpoint
    ) -> None:
        own = {each["name"] for each in endpoint.details["parameters"]}
        query = {name: poison(name) for name in {*names()} - own}

        status, changed = _changed_by(trusted, endpoint, way_to(endpoint.id), query)

        if status == 422:
            assert changed == set()
        else:
            assert (status, changed) == _changed_by(trusted, endpoint, way_to(endpoint.id))


def _changed_by(
    client: Client, endpoint: Endpoint, way: Way, query: dict[str, Any] | None = None
) -> tuple[int, Any]:
    before = stored()
    state = {} if way.tag is None or not endpoint.takes("If-Match") else {"If-Match": way.tag}
    response = client.generic(
        endpoint.method.upper(),
        f"{endpoint.path.format(**way.path)}?{urlencode(query or {})}",
        "" if way.body is None else json.dumps(way.body),
        content_type="application/json",
        headers=state,
    )
    return response.status_code, changes(before, stored())


def _require_refused(response: Any, path: PATH) -> None:
    assert response.status_code == 422, path
    pointers = [error["pointer"] for error in response.json()["errors"]]
    assert pointers == [f"#/{'/'.join(map(str, path))}"]


def _fields(repository: Any) -> Iterator[str]:
    yield from _fields_of(shape_of(repository, repository.aggregate_class))


def _fields_of(shape: Shape) -> Iterator[str]:
    assert is_dataclass(shape.cls)
    yield from (field.name for field in fields(shape.cls))
    for child in shape.children:
        yield from _fields_of(child.shape)


def _columns(model: Any) -> Iterator[str]:
    for field in model._meta.get_fields():
        yield field.name
        if getattr(field, "attname", None):
            yield field.attname


def _schema_of(endpoint: Endpoint) -> dict[str, Any]:
    schema: dict[str, Any] = endpoint.details["requestBody"]["content"]["application/json"][
        "schema"
    ]
    return schema


def _objects(
    value: Any, schema: dict[str, Any], path: PATH = ()
) -> Iterator[tuple[PATH, frozenset[str]]]:
    """Return the path to every object in a body, and the names that its schema has there."""
    schema = _resolved(schema)
    if isinstance(value, list):
        for place, item in enumerate(value):
            yield from _objects(item, schema["items"], (*path, place))
    elif isinstance(value, dict):
        yield path, frozenset(schema["properties"])
        for name, item in value.items():
            yield from _objects(item, schema["properties"][name], (*path, name))


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    [schema] = schema.get("allOf", [schema])
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = SCHEMAS[schema["$ref"].rpartition("/")[2]]
    return found


def _with(body: Any, path: PATH, name: str) -> Any:
    body = copy.deepcopy(body)
    inner = body
    for step in path:
        inner = inner[step]
    inner[name] = poison(name)
    return body


def _replaced(way: Way, body: Any) -> Way:
    return Way(status=way.status, path=way.path, body=body, aggregate=way.aggregate)
