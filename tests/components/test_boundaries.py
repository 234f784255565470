"""Where the components meet: they read from each other, and never write together."""

from __future__ import annotations

import pytest

from bulkhead.components import get_component
from bulkhead.transactions import CrossComponentWriteError, transactional
from components.contracting import public as contracting
from components.contracting.domain.contracts import ContractStatus
from components.contracting.service import contracts
from tests.components.contracts import MAY, draft_contract

pytestmark = pytest.mark.component("invoicing", "contracting")


@pytest.fixture(params=["its own database", "the same database"], autouse=True)
def _database_of_invoicing(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "the same database":
        alias = get_component("contracting").database_alias
        monkeypatch.setattr(get_component("invoicing"), "database", alias)


class TestInvoicing:
    def test_may_not_write_contracts_in_its_own_transaction(self) -> None:
        drafted = draft_contract()

        with pytest.raises(CrossComponentWriteError) as refused, transactional("invoicing"):
            contracts.sign_contract(contract_id=drafted.id, on=MAY)

        assert str(refused.value) == (
            "'contracting' can't write while a transaction of 'invoicing' is open: a failure there "
            "would undo this write in one database, and not in two. Finish the transaction of "
            "'invoicing' first, then call 'contracting'. Where both belong together, say so on the "
            "outer function: @transactional(alongside=('contracting',), reason=...)"
        )
        found = contracts.get_contract(contract_id=drafted.id)
        assert found.status is ContractStatus.DRAFT

    def test_may_read_contracts_in_its_own_transaction(self) -> None:
        drafted = draft_contract()

        with transactional("invoicing"):
            info = contracting.get_contract(contract_id=drafted.id)

        assert info.number == drafted.number

    def test_may_have_a_contract_signed_when_its_own_transaction_is_over(self) -> None:
        drafted = draft_contract()

        with transactional("invoicing"):
            contracting.get_contract(contract_id=drafted.id)
        contracts.sign_contract(contract_id=drafted.id, on=MAY)

        assert contracts.get_contract(contract_id=drafted.id).status is ContractStatus.SIGNED
