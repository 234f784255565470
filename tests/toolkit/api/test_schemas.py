"""The base of what clients send and get."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from pydantic import ValidationError

from bulkhead.api import Schema


class SlipIn(Schema):
    length: int


@dataclass
class Slip:
    length: int
    secret: str = ""


class TestSchema:
    def test_refuses_a_field_that_is_not_declared(self) -> None:
        with pytest.raises(ValidationError, match="Extra inputs are not permitted"):
            SlipIn.model_validate({"length": 1, "id": 7})

    def test_is_filled_from_an_object(self) -> None:
        assert SlipIn.model_validate(Slip(length=1)) == SlipIn(length=1)

    def test_does_not_change(self) -> None:
        slip = SlipIn(length=1)

        with pytest.raises(ValidationError, match="Instance is frozen"):
            slip.length = 2
