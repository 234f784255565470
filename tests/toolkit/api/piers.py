"""A throw-away component whose `api/` a test writes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import invalidate_caches
from pathlib import Path
from textwrap import dedent

import pytest
from django.test import override_settings

from bulkhead.components import ComponentConfig, get_component

CONFIG = """
from bulkhead.components import ComponentConfig

class PierConfig(ComponentConfig):
    name = "pier"
"""


@dataclass(frozen=True, slots=True)
class Pier:
    """The component `pier`, without an `api` at first."""

    folder: Path

    def write(self, path: str, source: str) -> None:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(dedent(source))

    @contextmanager
    def installed(self, *, urls: str | None = None) -> Iterator[ComponentConfig]:
        """Install it among few apps, with these URLs or none."""
        invalidate_caches()
        with override_settings(INSTALLED_APPS=["bulkhead", "ninja", "pier"], ROOT_URLCONF=urls):
            yield get_component("pier")


def built_pier(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pier]:
    """Build the component in a folder, and forget its modules afterwards."""
    monkeypatch.syspath_prepend(folder)
    pier = Pier(folder / "pier")
    pier.write("__init__.py", "")
    pier.write("apps.py", CONFIG)
    yield pier
    for name in [name for name in sys.modules if name.partition(".")[0] == "pier"]:
        del sys.modules[name]
