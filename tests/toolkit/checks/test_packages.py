from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import override_settings

from bulkhead.checks.atomic import check_plain_transactions
from bulkhead.checks.dependencies import check_unused_names
from bulkhead.checks.packages import check_configured_names, check_folders, check_modules
from tests.toolkit.samples import aboard, build, messages_of_checks, samples_of


class TestSamples:
    @pytest.mark.parametrize("sample", samples_of("packages"), ids=lambda sample: sample.name)
    def test_reports_the_defect_and_not_its_neighbour(
        self, sample: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = build(tmp_path, sample)

        with aboard(folder, monkeypatch):
            report = messages_of_checks()

        assert report == (sample / "expected.txt").read_text(encoding="utf-8")


class TestUnreadableSetting:
    @pytest.mark.parametrize(
        "check",
        [
            check_configured_names,
            check_folders,
            check_modules,
            check_plain_transactions,
            check_unused_names,
        ],
    )
    @pytest.mark.parametrize("value", [{"EDGE": ("api",)}, [], None])
    def test_is_left_to_the_check_of_settings(
        self, check: Callable[[], list[object]], value: object
    ) -> None:
        with override_settings(BULKHEAD=value):
            assert check() == []
