"""Which layers go together."""

from __future__ import annotations

import pytest

from bulkhead.scaffold.layers import LAYERS, MissingLayerError, UnknownLayerError, chosen_layers


class TestChosenLayers:
    def test_come_from_the_lowest_floor_up(self) -> None:
        chosen = chosen_layers(["service", "db", "domain"])

        assert [layer.name for layer in chosen] == ["domain", "db", "service"]

    def test_name_those_that_are_unknown(self) -> None:
        with pytest.raises(UnknownLayerError) as refused:
            chosen_layers(["domain", "views", ""])

        assert str(refused.value) == (
            "There is no layer 'views', ''. "
            "The layers are: domain, db, service, public, api, admin. "
            "Name some of them, parted by commas."
        )

    @pytest.mark.parametrize(
        ("names", "message"),
        [
            (
                ["db"],
                "The layer db needs domain: its repository maps rows to the classes of the "
                "domain. Add domain to --layers, or leave out db.",
            ),
            (
                ["service"],
                "The layer service needs domain and db: its functions load and save aggregates. "
                "Add domain and db to --layers, or leave out service.",
            ),
            (
                ["domain", "db", "public"],
                "The layer public needs service: its functions call the services. "
                "Add service to --layers, or leave out public.",
            ),
            (
                ["domain", "api"],
                "The layer api needs service: its endpoints call the services. "
                "Add service to --layers, or leave out api.",
            ),
            (
                ["domain", "db", "admin"],
                "The layer admin needs service: it lists the rows, and its action calls a "
                "service. Add service to --layers, or leave out admin.",
            ),
        ],
    )
    def test_say_which_one_is_missing_and_why(self, names: list[str], message: str) -> None:
        with pytest.raises(MissingLayerError) as refused:
            chosen_layers(names)

        assert str(refused.value) == message

    def test_stand_on_layers_before_them(self) -> None:
        before: set[str] = set()
        for layer in LAYERS:
            assert before.issuperset(layer.needs)
            before.add(layer.name)
