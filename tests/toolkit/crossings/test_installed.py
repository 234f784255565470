from __future__ import annotations

from pathlib import Path

import pytest

from bulkhead.crossings.installed import is_third_party, labels_in


class TestLabels:
    @pytest.mark.parametrize("declared", [("billing", "loading"), ["billing", "loading"]])
    def test_are_read_from_what_holds_names(self, declared: object) -> None:
        assert labels_in(declared) == ("billing", "loading")

    @pytest.mark.parametrize("declared", ["billing", ("billing", 3), {"billing"}, None])
    def test_are_none_in_what_can_not_be_meant(self, declared: object) -> None:
        assert labels_in(declared) == ()


class TestThirdParty:
    @pytest.mark.parametrize(
        ("folder", "installed"),
        [
            ("/srv/shop/.venv/lib/python3.13/site-packages/taggit", True),
            ("/usr/lib/python3/dist-packages/taggit", True),
            ("/srv/shop/packages/taggit", False),
        ],
    )
    def test_is_told_by_the_folder(self, folder: str, *, installed: bool) -> None:
        assert is_third_party(Path(folder)) is installed
