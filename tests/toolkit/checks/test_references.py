from __future__ import annotations

from pathlib import Path

import pytest

from tests.toolkit.samples import aboard, build, messages_of_checks, samples_of


class TestSamples:
    @pytest.mark.parametrize("sample", samples_of("references"), ids=lambda sample: sample.name)
    def test_reports_the_defect_and_not_its_neighbour(
        self, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = build(tmp_path, sample)

        with aboard(folder, monkeypatch):
            report = messages_of_checks()

        assert report == (sample / "expected.txt").read_text(encoding="utf-8")
