"""Decimals that a client sends: of a size that can be written out and reckoned with.

`1e999999999` is short, and takes a gigabyte once it is rounded or formatted.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from pydantic_core import PydanticCustomError

from bulkhead.api.core_schemas import Node, compiled, rewritten, types_in

MOST_DIGITS = 100
"""So many digits a decimal has at most before the point, and as many after it.

A field that says itself that it takes more has its own limit.
"""

_CODE = "decimal_size"
_MESSAGE = (
    "Decimal input should have at most {most} digits before the decimal point, and as many after it"
)


def limit_decimals(models: Iterable[Any]) -> None:
    """Let what reads the parts of a request refuse decimals of an absurd size."""
    for model in models:
        if not model.__pydantic_complete__:  # a class of which it is made was not there yet
            model.model_rebuild(raise_errors=False)
        schema = model.__pydantic_core_schema__
        if "decimal" in types_in(schema):
            model.__pydantic_validator__ = compiled(with_limited_decimals(schema))


def with_limited_decimals(schema: Any) -> Any:
    """Return a schema that refuses decimals of an absurd size, at every depth."""
    return rewritten(schema, _limited)


def _limited(node: Node) -> Node:
    if node["type"] != "decimal":
        return node
    most = max(MOST_DIGITS, node.get("max_digits") or 0, node.get("decimal_places") or 0)

    def require_size(number: Decimal) -> Decimal:
        exponent = number.as_tuple().exponent
        if isinstance(exponent, int) and not (number.adjusted() < most and exponent >= -most):
            raise PydanticCustomError(_CODE, _MESSAGE, {"most": most})
        return number

    inner = {name: value for name, value in node.items() if name != "ref"}
    outer = {"ref": node["ref"]} if "ref" in node else {}
    return {
        **outer,
        "type": "function-after",
        "function": {"type": "no-info", "function": require_size},
        "schema": inner,
    }
