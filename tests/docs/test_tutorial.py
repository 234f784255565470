"""The tutorial, followed word for word from an empty environment, with the wheel."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.docs.blocks import DOCS, blocks_of
from tests.docs.environments import environment_of
from tests.docs.reader import Reader

pytestmark = pytest.mark.slow


def test_the_tutorial_works_word_for_word(wheel: Path, tmp_path: Path) -> None:
    reader = Reader(folder=tmp_path, environment=environment_of(tmp_path, wheel))

    for block in blocks_of(DOCS / "tutorial" / "index.md"):
        reader.follow(block)
