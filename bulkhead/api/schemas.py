"""The base of what clients send and get."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Schema(BaseModel):
    """What an endpoint takes or returns: fields that are not declared are refused.

    It is filled from JSON, and from any object with attributes of the same names.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)
