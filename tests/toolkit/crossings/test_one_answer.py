"""`lint-imports` and `checkcomponents` give one answer about imports, from one ledger."""

from __future__ import annotations

from pathlib import Path

import pytest
from grimp import ImportGraph

from bulkhead.crossings.checking import check
from bulkhead.crossings.command import checked
from bulkhead.crossings.probe.surveyed import survey_here
from bulkhead.crossings.records import Crossing
from bulkhead.importlinter import BulkheadContract
from tests.toolkit.samples import PACKAGES, aboard, build, samples_of

pytestmark = pytest.mark.any_layout


def imports_in(crossings: tuple[Crossing, ...]) -> list[Crossing]:
    return [one for one in crossings if one.kind == "import"]


@pytest.mark.parametrize("sample", samples_of("contract"), ids=lambda sample: sample.name)
def test_both_say_the_same(sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BULKHEAD_CACHE", str(tmp_path / "cache"))
    folder = build(tmp_path / "ship", sample)

    with aboard(folder, monkeypatch):
        contract = BulkheadContract("Ship", {"root_packages": list(PACKAGES)}, {})
        linted = contract.check(ImportGraph(), verbose=False).metadata["review"]
        found = check(checked(survey_here(folder))).review

    assert imports_in(found.crossings) == imports_in(linted.crossings)
    assert found.faults == linted.faults
    assert [one for one in found.gone if one.entry.kind == "import"] == list(linted.gone)
