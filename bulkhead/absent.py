"""What a client did not send, as against what it sent as null."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
    from pydantic.json_schema import JsonSchemaValue
    from pydantic_core import CoreSchema


class Absent(Enum):
    """Stands in a field that was not sent: `title: str | None | Absent = Absent.ABSENT`.

    `if changes.title is not Absent.ABSENT` narrows the type, and so does `isinstance`.
    """

    ABSENT = "absent"

    def __bool__(self) -> bool:
        """Return False."""
        return False

    def __repr__(self) -> str:
        """Return how it is written."""
        return "Absent.ABSENT"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Return the schema of what nobody can send."""
        from pydantic_core import core_schema  # noqa: PLC0415 - services need no pydantic

        del source, handler
        return core_schema.is_instance_schema(
            cls,
            serialization=core_schema.plain_serializer_function_ser_schema(_nothing),
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Leave it out of the document: a field that may be absent is one that is not required."""
        from pydantic_core import PydanticOmit  # noqa: PLC0415

        del schema, handler
        raise PydanticOmit


def _nothing(_absent: Absent) -> None:
    """Return the default that the document does not name."""
