"""A project for the tests of commands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.toolkit.projects import CREATE, ThrowAwayProject, throw_away_project


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ThrowAwayProject]:
    """Yield a project with a legacy app, `invoicing` in its own database, and migrations."""
    with throw_away_project(tmp_path) as project:
        project.add_app("portfolio")
        project.add_migration("portfolio", "0001_initial", CREATE.format(name="Portfolio"))
        project.add_component("invoicing")
        project.add_migration("invoicing/db", "0001_initial", CREATE.format(name="InvoicingRow"))
        yield project
