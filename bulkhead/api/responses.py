"""From what an endpoint returns to JSON bytes, through pydantic's compiled serializer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.functional import Promise
from ninja import Status
from ninja.constants import NOT_SET
from ninja.operation import Operation
from ninja.renderers import BaseRenderer
from pydantic import BaseModel, TypeAdapter
from pydantic_core import PydanticSerializationError, to_json

Write = Callable[[HttpRequest, object, object], bytes]


class JSONRenderer(BaseRenderer):
    """Writes JSON as the fast path does, where a result needs converting first."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: object, *, response_status: int) -> bytes:
        """Return JSON; times keep their microseconds."""
        del request, response_status
        return to_json(data, inf_nan_mode="null", fallback=_text)


def answer_fast(operation: Operation) -> None:
    """Let an operation write what it returns in one go, where its type is the declared one.

    Anything else takes ninja's way: validated, converted, then rendered.
    """
    convert = operation._result_to_response
    writers = {status: _writer(operation, model) for status, model in _declared(operation)}
    only_status = next(iter(operation.response_models))
    usual = only_status if len(operation.response_models) == 1 else 200

    def respond(request: HttpRequest, result: object, answer: HttpResponse) -> HttpResponseBase:
        status, value = _parted(result, usual)
        write = writers.get(status)
        if write is None or isinstance(result, HttpResponseBase | tuple):
            return convert(request, result, answer)
        try:
            content = write(request, status, value)
        except PydanticSerializationError:
            return convert(request, result, answer)
        answer.status_code = status
        answer.content = content
        return answer

    operation._result_to_response = respond  # type: ignore[method-assign, assignment]


def _declared(operation: Operation) -> list[tuple[object, type[BaseModel]]]:
    models = operation.response_models.items()
    return [(status, model) for status, model in models if model not in (None, NOT_SET)]


def _parted(result: object, usual: Any) -> tuple[Any, object]:
    if isinstance(result, Status):
        return result.status_code, result.value
    return usual, result


def _writer(operation: Operation, model: type[BaseModel]) -> Write:
    declared = model.model_fields["response"]
    annotation: Any = declared.annotation
    for metadata in declared.metadata:
        annotation = Annotated[annotation, metadata]
    dump = TypeAdapter(annotation).dump_json

    def write(request: HttpRequest, status: object, value: object) -> bytes:
        return dump(
            value,
            by_alias=operation.by_alias,
            exclude_unset=operation.exclude_unset,
            exclude_defaults=operation.exclude_defaults,
            exclude_none=operation.exclude_none,
            warnings="error",
            context={"request": request, "response_status": status},
        )

    return write


def _text(value: object) -> str:
    if isinstance(value, Promise):
        return str(value)
    msg = f"{type(value).__name__} can't be written as JSON: declare the endpoint's response."
    raise TypeError(msg)
