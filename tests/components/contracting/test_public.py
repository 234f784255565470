"""What contracting tells other components."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest

from components.contracting import public as contracting
from components.shared_kernel.money import Money
from tests.components.contracts import draft_contract, sign_contract

pytestmark = pytest.mark.component("contracting")


class TestGetContract:
    def test_tells_what_is_agreed(self) -> None:
        signed = sign_contract(1000)

        info = contracting.get_contract(contract_id=signed.id)

        assert info == contracting.ContractInfo(
            id=signed.id,
            number=signed.number,
            title="Shell",
            project_id=1,
            company_id=2,
            cost_code="330",
            currency="EUR",
            status=contracting.ContractStatus.SIGNED,
            agreed_sum=Money.of(1000, "EUR"),
            retention_percent=signed.retention_percent,
        )

    def test_raises_where_there_is_none(self) -> None:
        with pytest.raises(contracting.ContractNotFoundError):
            contracting.get_contract(contract_id=uuid4())


class TestListContracts:
    def test_tells_of_those_that_there_are(self) -> None:
        wanted = draft_contract()
        draft_contract()

        found = contracting.list_contracts(contract_ids=[wanted.id, uuid4()])

        assert found == [contracting.get_contract(contract_id=wanted.id)]


class TestListContractsOfProjects:
    def test_tells_the_same_as_get_contract(self) -> None:
        signed = sign_contract(1000)

        found = contracting.list_contracts_of_projects(project_ids=[signed.project_id])

        assert found == [contracting.get_contract(contract_id=signed.id)]

    def test_leaves_out_other_projects(self) -> None:
        draft_contract(project_id=1)
        wanted = [draft_contract(project_id=project_id).id for project_id in (2, 3)]

        found = contracting.list_contracts_of_projects(project_ids=[2, 3])

        assert {info.id for info in found} == set(wanted)

    def test_asks_once_for_any_number(
        self, assert_queries: Callable[[int], AbstractContextManager[object]]
    ) -> None:
        for project_id in range(1, 6):
            draft_contract(project_id=project_id)

        with assert_queries(1):
            contracting.list_contracts_of_projects(project_ids=range(1, 6))
