"""What an endpoint takes as its body: any dataclass or model, and none but its fields."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from copy import copy
from dataclasses import is_dataclass
from typing import Annotated, Any, get_args, get_origin

from ninja.operation import Operation
from ninja.params.models import Body, Param
from pydantic import (
    BaseModel,
    GetCoreSchemaHandler,
    TypeAdapter,
    ValidationInfo,
    ValidatorFunctionWrapHandler,
)
from pydantic_core import CoreSchema
from pydantic_core.core_schema import with_info_wrap_validator_function

from bulkhead.absent import Absent
from bulkhead.api.core_schemas import Node, rewritten
from bulkhead.api.validators import validator_of
from bulkhead.errors import BulkheadError
from bulkhead.hints import members

_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_OBJECTS = frozenset({"dataclass", "model", "typed-dict"})


class NoBodyError(BulkheadError, TypeError):
    """An endpoint that only reads takes a dataclass."""

    def __init__(self, parameter: str, cls: type) -> None:
        super().__init__(
            f"An endpoint takes {parameter}: {cls.__name__}, a dataclass, and has no body to read "
            f"it from, as it only reads. Make {cls.__name__} a Schema (from bulkhead.api), and "
            f"take {parameter}: Query[{cls.__name__}]."
        )


def with_bodies(signature: inspect.Signature, methods: list[str]) -> inspect.Signature:
    """Return the signature with every body marked as one, which takes no unknown fields.

    Ninja takes a dataclass for a parameter of the query. Raise NoBodyError for one where there is
    no body.
    """
    if _SAFE.issuperset(methods):
        _require_no_dataclass(signature)
        return signature
    parameters = [
        _as_body(each) if _is_body(each) else each for each in signature.parameters.values()
    ]
    return signature.replace(parameters=parameters)


def close_shared_bodies(operation: Operation) -> None:
    """Let an operation that takes several bodies in one object refuse what is none of them."""
    for model in operation.models:
        if getattr(model, "__read_from_single_attr__", "") is None:  # so ninja says: of several
            model.model_config["extra"] = "forbid"
            model.model_rebuild(force=True, raise_errors=False)


class Closed:
    """Lets a type refuse unknown fields, also inside, without changing its classes.

    A class that says itself what becomes of other fields (pydantic's `extra`) is left to that.
    """

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Return the schema of the type, closed.

        A model inside another schema is validated as it was built, so that this has a validator
        of its own; the schema stands beside it for the document.
        """
        adapter = TypeAdapter(source)
        adapter.rebuild()  # raises what pydantic waits with, where a part is defined further below
        closed: CoreSchema = rewritten(adapter.core_schema, _closed)
        validate = validator_of(closed).validate_python

        def validated(value: Any, _: ValidatorFunctionWrapHandler, info: ValidationInfo) -> Any:
            return validate(value, context=info.context)

        inner = handler.generate_schema(_Schema(closed))
        return with_info_wrap_validator_function(validated, inner)


class _Schema:
    """Stands for a type whose schema is there; pydantic takes over the definitions in it."""

    def __init__(self, schema: CoreSchema) -> None:
        self.schema = schema

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        del source, handler
        return self.schema


def _require_no_dataclass(signature: inspect.Signature) -> None:
    for name, parameter in signature.parameters.items():
        for cls in members(parameter.annotation):
            if is_dataclass(cls) and isinstance(cls, type):
                raise NoBodyError(name, cls)


def _is_body(parameter: inspect.Parameter) -> bool:
    sources = [each for each in _sources(parameter) if isinstance(each, Param)]
    if sources:
        return isinstance(sources[0], Body)
    return any(_is_object(cls) for cls in _classes(parameter.annotation))


def _sources(parameter: inspect.Parameter) -> Iterator[object]:
    yield parameter.default
    if get_origin(parameter.annotation) is Annotated:
        yield from get_args(parameter.annotation)[1:]


def _is_object(cls: Any) -> bool:
    return isinstance(cls, type) and (is_dataclass(cls) or issubclass(cls, BaseModel))


def _classes(annotation: Any) -> Iterator[Any]:
    """Return the classes of a type, those of collections included."""
    for member in members(annotation):
        yield get_origin(member) or member
        for argument in get_args(member):
            yield from _classes(argument)


def _as_body(parameter: inspect.Parameter) -> inspect.Parameter:
    annotated = get_origin(parameter.annotation) is Annotated
    inner, *more = get_args(parameter.annotation) if annotated else (parameter.annotation,)
    default = ... if parameter.default is inspect.Parameter.empty else parameter.default
    is_marked = any(isinstance(each, Param) for each in _sources(parameter))
    source = () if is_marked else (Body(default),)
    more = [_with_default(each, default) if isinstance(each, Param) else each for each in more]
    return parameter.replace(annotation=Annotated[(inner, Closed(), *more, *source)])


def _with_default(source: Param, default: Any) -> Param:
    """Return the source with the parameter's default, as if it had been made with it.

    Ninja sets it later, which pydantic passes over beside `Closed`.
    """
    if default is ...:
        return source
    given = copy(source)
    given.default = default
    given._attributes_set = {**source._attributes_set, "default": default}
    return given


def _closed(node: Node) -> Node:
    """Return a part of a schema, which refuses unknown fields where it is an object."""
    if node["type"] == "union":
        return _without_absent(node)
    return _refusing(node) if node["type"] in _OBJECTS else node


def _refusing(schema: Node) -> Node:
    config: Mapping[str, Any] = schema.get("config") or {}
    if "extra_fields_behavior" in config or schema.get("extra_behavior", "ignore") != "ignore":
        return schema
    metadata = schema.get("metadata") or {}
    updates = {**metadata.get("pydantic_js_updates", {}), "additionalProperties": False}
    closed = {
        **schema,
        "config": {**config, "extra_fields_behavior": "forbid"},
        "metadata": {**metadata, "pydantic_js_updates": updates},
    }
    return {**closed, "extra_behavior": "forbid"} if schema["type"] == "typed-dict" else closed


def _without_absent(union: Node) -> Node:
    """Return a union without what nobody can send, so that errors speak of the rest alone."""
    left = [each for each in union["choices"] if not _is_absent(each)]
    only = left[0] if len(left) == 1 else None
    return only if isinstance(only, dict) else {**union, "choices": left}


def _is_absent(choice: Any) -> bool:
    return isinstance(choice, dict) and choice.get("cls") is Absent
