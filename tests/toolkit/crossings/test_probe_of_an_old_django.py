"""A project on a Django that Bulkhead itself does not run on."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from bulkhead.crossings.probe.running import ask_project
from tests.toolkit.samples import SAMPLES


@pytest.mark.slow
def test_a_project_on_django_4_2_tells_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DJANGO_SETTINGS_MODULE", raising=False)
    market = tmp_path / "market"
    shutil.copytree(SAMPLES / "market", market)
    python = _environment(tmp_path / "old", "django~=4.2.0")

    old, new = ask_project(python, market), ask_project(Path(sys.executable), market)

    assert (old.failure, new.failure) == ("", "")
    assert old.started.django.startswith("4.2.")
    own = {"goods", "ordering", "stalls"}
    for name in ("urls", "settings_paths", "tag_libraries", "problems", "user_model"):
        assert getattr(old.started, name) == getattr(new.started, name)
    keys = ("django.db.models.fields.AutoField", "django.db.models.fields.BigAutoField")
    assert [repr(one).replace(*keys) for one in old.started.models if one.app in own] == [
        repr(one).replace(*keys) for one in new.started.models if one.app in own
    ]


def _environment(folder: Path, requirement: str) -> Path:
    python = folder / "bin" / "python"
    for command in (
        [sys.executable, "-m", "venv", str(folder)],
        [str(python), "-m", "pip", "install", "--quiet", requirement],
    ):
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - ours
    return python
