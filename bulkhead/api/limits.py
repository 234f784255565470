"""How large a number may be that a client sends.

Decimals are of a size that can be written out and reckoned with: `1e999999999` is short, and takes
a gigabyte once it is rounded or formatted. Floats are finite, as the numbers of JSON are.
"""

from __future__ import annotations

from decimal import Decimal

from pydantic_core import PydanticCustomError

from bulkhead.api.core_schemas import Node

MOST_DIGITS = 100
"""So many digits a decimal has at most before the point, and as many after it.

A field that says itself that it takes more has its own limit.
"""

_CODE = "decimal_size"
_MESSAGE = (
    "Decimal input should have at most {most} digits before the decimal point, and as many after it"
)


def limited(node: Node) -> Node:
    """Return a part of a schema that refuses numbers beyond that.

    A float that says itself that it may be infinite is left to that.
    """
    if node["type"] == "float":
        return {"allow_inf_nan": False, **node}
    return _of_digits(node) if node["type"] == "decimal" else node


def _of_digits(node: Node) -> Node:
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
