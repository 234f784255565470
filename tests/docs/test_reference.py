"""Every setting, check and command of Bulkhead has its place in the reference."""

from __future__ import annotations

import re
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import BaseCommand, load_command_class

from bulkhead.adoption.reports import add_arguments
from bulkhead.conf import BulkheadSettings
from tests.docs.blocks import DOCS, REPOSITORY

REFERENCE = DOCS / "reference"
_IN_SOURCES = re.compile(r"bulkhead\.(?P<letter>[EW]|\{\w+\})(?P<number>\d{3})")
_IN_TABLES = re.compile(r"^\| `?bulkhead\.([EW]\d{3})`? \|", re.MULTILINE)
_FIRST_CELL = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


class TestSettings:
    def test_have_a_row_each(self) -> None:
        section = _section(REFERENCE / "components.md", "Settings")

        assert _FIRST_CELL.findall(section) == [field.name for field in fields(BulkheadSettings)]


class TestChecks:
    def test_have_a_row_each(self) -> None:
        pages = (REFERENCE / "checks").glob("*.md")
        rows = Counter(chain.from_iterable(_IN_TABLES.findall(_text(page)) for page in pages))

        assert rows == Counter(set(_ids_in_sources()))


def _commands() -> list[str]:
    folder = REPOSITORY / "bulkhead" / "management" / "commands"
    return sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__")


class TestCommands:
    def test_have_a_page_each(self) -> None:
        pages = sorted(path.stem for path in (REFERENCE / "commands").glob("*.md"))

        assert pages == sorted([*_commands(), "survey"])

    def test_that_projects_without_bulkhead_run_have_their_options_on_the_page(self) -> None:
        parser = ArgumentParser(add_help=False)
        add_arguments(parser)
        page = _text(REFERENCE / "commands" / "survey.md")

        options = [action.option_strings[0] for action in parser._actions]
        assert [one for one in options if f"| `{one}` |" not in page] == []

    @pytest.mark.parametrize(
        "name", ["checkcomponents", "exportopenapi", "seal", "showcomponents", "startcomponent"]
    )
    def test_that_are_ours_have_their_arguments_on_the_page(self, name: str) -> None:
        page = _text(REFERENCE / "commands" / f"{name}.md")

        missing = [cell for cell in _cells_of_own_arguments(name) if cell not in page]

        assert missing == []


def _cells_of_own_arguments(name: str) -> list[str]:
    """Return the first cell of a row for each argument that Django gives to no command."""
    ours = load_command_class("bulkhead", name).create_parser("manage.py", name)
    everyones = BaseCommand().create_parser("manage.py", name)
    known = {action.dest for action in everyones._actions}
    added = [action for action in ours._actions if action.dest not in known]
    return [
        f"| `{action.option_strings[0]}` |" if action.option_strings else f"| {action.dest} |"
        for action in added
    ]


def _ids_in_sources() -> Iterator[str]:
    """Return the ids of all checks; a letter that is filled in later stands for both."""
    for path in (REPOSITORY / "bulkhead").rglob("*.py"):
        for match in _IN_SOURCES.finditer(_text(path)):
            letters = match["letter"] if len(match["letter"]) == 1 else "EW"
            yield from (f"{letter}{match['number']}" for letter in letters)


def _section(page: Path, heading: str) -> str:
    [section] = [part for part in _text(page).split("\n## ") if part.startswith(f"{heading}\n")]
    return section


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8")
