from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bulkhead.crossings.description import ProjectDescription
from bulkhead.crossings.files import BareFolder
from bulkhead.crossings.found import Found
from bulkhead.crossings.ledger import Ledger
from bulkhead.crossings.links import Link
from bulkhead.crossings.places import Places
from bulkhead.crossings.review import Review, conclude, without_seals
from bulkhead.crossings.seal_states import SealState, seal_state, seal_states
from bulkhead.crossings.sealing import Config, NotWatchedYetError, seal
from bulkhead.crossings.structure import StructureSource
from tests.toolkit.crossings.links import PROJECT, link

SOURCE = 'class BillingConfig(ComponentConfig):\n    name = "hold.billing"\n'

ITEM = link("shop.orders.views", "shop.stock.models.Item")
AGAIN = link("shop.orders.views", "shop.stock.models.Item", line=7)
LOT = link("hold.billing.service.bills", "hold.loading.db.models.LotRow")
FOREIGN_KEY = link("hold.loading.db.models", "hold.billing.db.models.BillRow", kind="relation")
PORT = link("hold.billing.db.models", "cargo.models.Port", kind="relation")


def reviewed(*links: Link, project: ProjectDescription = PROJECT) -> Review:
    found = Found(links=links, modules={})
    return conclude(without_seals(project), Ledger(), found, base=Path())


def state(label: str, name: str, *links: Link) -> SealState:
    return seal_state(PROJECT, reviewed(*links), label, name)


def declared_by(label: str, *seals: str) -> ProjectDescription:
    components = (
        replace(one, seals=seals) if one.label == label else one for one in PROJECT.components
    )
    return replace(PROJECT, components=tuple(components))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Write the config of billing."""
    file = tmp_path / "apps.py"
    file.write_text(SOURCE, encoding="utf-8")
    return Config(file=file, name="hold/billing/apps.py", config="BillingConfig", seals=())


class TestSealStates:
    def test_count_both_ends_and_what_is_merely_allowed(self) -> None:
        project = declared_by("loading", "references", "imports")

        states = seal_states(project, reviewed(LOT, FOREIGN_KEY, PORT, project=project))

        found = {(one.component, one.seal): one for one in states}
        assert found["billing", "imports"].in_the_way == 1
        assert found["billing", "references"].in_the_way == 2
        assert found["loading", "imports"].declared
        assert not found["loading", "imports"].is_clean
        assert found["orders", "imports"].is_clean
        assert not found["stock", "queries"].is_clean
        assert not found["stock", "queries"].is_watched

    def test_count_the_files_that_nobody_can_judge(self) -> None:
        structure = StructureSource(PROJECT, Places(PROJECT), Path("/ship"))
        bare = BareFolder(module="hold.billing.jobs", path=Path("/ship/hold/billing/jobs"))
        found = Found(links=(), modules={}, faults=list(structure.bare_folders([bare])))
        review = conclude(PROJECT, Ledger(), found, base=Path("/ship"))

        assert seal_state(PROJECT, review, "billing", "imports").in_the_way == 1


class TestSeal:
    def test_declares_what_is_clean(self, config: Config) -> None:
        said = list(seal(config, state("billing", "references", LOT)).said)

        assert said == [
            "billing has sealed references.",
            '    hold/billing/apps.py:3: seals = ("references",)',
        ]
        assert config.file.read_text() == SOURCE + '    seals = ("references",)\n'

    def test_keeps_what_is_sealed_before(self, config: Config) -> None:
        config = replace(config, seals=("references",))

        list(seal(config, state("billing", "imports")).said)

        assert config.file.read_text() == SOURCE + '    seals = ("imports", "references")\n'

    def test_prints_the_edit_that_it_cannot_make(self, config: Config) -> None:
        config.file.write_text(SOURCE + "    seals = COMMON\n")

        said = list(seal(config, state("billing", "imports")).said)

        assert said == [
            "billing can seal imports. Write it into BillingConfig yourself:",
            '    hold/billing/apps.py: seals = ("imports",)',
        ]
        assert config.file.read_text() == SOURCE + "    seals = COMMON\n"

    def test_names_what_stands_in_the_way_the_cheapest_first(self, config: Config) -> None:
        views = [
            link(f"hold.billing.service.bills{number}", "hold.loading.db.models.LotRow")
            for number in range(4)
        ]

        said = list(seal(config, state("billing", "imports", *views, LOT_TO_BILLING)).said)

        assert said == [
            "billing can't seal imports: 5 things stand in the way, the cheapest first.",
            "1 string:",
            "    hold/loading/service/lots.py:3: service of loading names by a string db of "
            "billing: hold.billing.db.models.BillRow",
            "    Way out: Name what hold.billing.public offers, or let the project hand it in.",
            "4 import:",
            *(
                f"    hold/billing/service/bills{number}.py:3: service of billing imports db of "
                f"loading: hold.loading.db.models.LotRow"
                for number in range(3)
            ),
            "    and 1 more",
            "    Way out: Use what hold.loading.public offers, or let it offer what is missing.",
        ]
        assert config.file.read_text() == SOURCE

    def test_says_when_it_is_done_already(self, config: Config) -> None:
        project = declared_by("billing", "imports")
        found = seal_state(project, reviewed(project=project), "billing", "imports")

        assert list(seal(config, found).said) == [
            "billing has sealed imports already, and nothing breaks it."
        ]

    @pytest.mark.parametrize("name", ["queries", "transactions"])
    def test_refuses_what_nothing_watches(self, config: Config, name: str) -> None:
        with pytest.raises(NotWatchedYetError) as refused:
            list(seal(config, state("billing", name)).said)

        assert str(refused.value) == (
            f"{name} is not watched yet: it shows only while a project runs, and nothing would "
            f"see it broken. Seal imports or references."
        )


LOT_TO_BILLING = link("hold.loading.service.lots", "hold.billing.db.models.BillRow", kind="string")
