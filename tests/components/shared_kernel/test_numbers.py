"""Numbers as a person reads them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from components.shared_kernel.numbers import readable


class TestReadable:
    @pytest.mark.parametrize(
        ("stored", "read"),
        [
            ("6724.500", "6,724.5"),
            ("1000.000", "1,000"),
            ("0.112", "0.112"),
            ("0.000", "0"),
            ("-2.50", "-2.5"),
        ],
    )
    def test_leaves_out_zeros_that_say_nothing(self, stored: str, read: str) -> None:
        assert readable(Decimal(stored)) == read
