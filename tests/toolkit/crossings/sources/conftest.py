from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep what is read apart from what the user's own projects have there."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("BULKHEAD_CACHE", str(folder))
    return folder
