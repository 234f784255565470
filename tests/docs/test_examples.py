"""The examples on the pages can be read, and import what there is."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import jsonschema
import pytest

from tests.docs.blocks import DOCS, REPOSITORY, fences_of

PAGES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted(DOCS.rglob("*.md"))]
SCHEMA = REPOSITORY / "bulkhead" / "map" / "showcomponents.schema.json"
SCHEMA_OF_SURVEYS = REPOSITORY / "bulkhead" / "adoption" / "survey.schema.json"


def _examples(language: str) -> Mapping[str, str]:
    return {
        f"{page.relative_to(REPOSITORY).as_posix()}-{number}": source
        for page in PAGES
        for number, source in enumerate(fences_of(page, language), start=1)
    }


PYTHON = _examples("python")
TOML = _examples("toml")


@pytest.mark.parametrize("source", PYTHON.values(), ids=PYTHON.keys())
class TestPython:
    def test_can_be_read(self, source: str) -> None:
        compile(source, "<example>", "exec", ast.PyCF_ONLY_AST)

    def test_imports_what_there_is(self, source: str) -> None:
        imported = _imports_of_ours(ast.parse(source))

        missing = [f"{module}.{name}" for module, name in imported if not _exists(module, name)]

        assert missing == []


class TestToml:
    @pytest.mark.parametrize("source", TOML.values(), ids=TOML.keys())
    def test_can_be_read(self, source: str) -> None:
        assert tomllib.loads(source)


class TestJson:
    def test_of_showcomponents_fits_its_schema(self) -> None:
        [example] = fences_of(DOCS / "reference" / "commands" / "showcomponents.md", "json")

        jsonschema.validate(json.loads(example), _json_of(SCHEMA))

    def test_of_survey_fits_its_schema(self) -> None:
        [example] = fences_of(DOCS / "reference" / "survey-json.md", "json")

        jsonschema.validate(json.loads(example), _json_of(SCHEMA_OF_SURVEYS))


def _json_of(path: Path) -> Mapping[str, object]:
    content: Mapping[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _imports_of_ours(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and _is_ours(node.module or ""):
            yield from ((node.module or "", alias.name) for alias in node.names)


def _is_ours(module: str) -> bool:
    return module.partition(".")[0] in {"bulkhead", "components"}


def _exists(module: str, name: str) -> bool:
    """Return whether a module has this name, or is a package with a module of this name."""
    return hasattr(import_module(module), name) or find_spec(f"{module}.{name}") is not None
