"""Many at once: one contract bears a number."""

from __future__ import annotations

from collections import Counter

import pytest

from bulkhead.testing.threads import RunInThreads
from components.contracting.domain.contracts import ContractNumberTakenError
from components.contracting.service import contracts
from tests.components.contracts import draft_contract

pytestmark = [
    pytest.mark.component("contracting"),
    pytest.mark.django_db(transaction=True),
]


class TestEightThreads:
    def test_draft_one_contract_of_a_number(self, run_in_threads: RunInThreads) -> None:
        def draft(_attempt: int) -> str:
            try:
                draft_contract(number="C-RACE")
            except ContractNumberTakenError:
                return "taken"
            return "drafted"

        outcomes = run_in_threads(draft, range(40), threads=8)

        assert Counter(outcomes) == {"drafted": 1, "taken": 39}
        [found] = contracts.list_contracts().items
        assert found.number == "C-RACE"
