"""The files of every choice of layers fit together."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

import pytest

from bulkhead.scaffold.layers import LAYER_NAMES, LAYERS, MissingLayerError, chosen_layers
from bulkhead.scaffold.names import Names
from bulkhead.scaffold.templates import component_files, files_of_tests

NAMES = Names(package="parts.billing", aggregate="Invoice")


def possible_choices() -> Iterator[tuple[str, ...]]:
    for count in range(1, len(LAYER_NAMES) + 1):
        for names in combinations(LAYER_NAMES, count):
            try:
                chosen_layers(names)
            except MissingLayerError:
                continue
            yield names


def modules_of(files: dict[str, str]) -> set[str]:
    names = {path.removesuffix(".py").removesuffix("/__init__") for path in files}
    return {f"parts.billing.{name.replace('/', '.')}" for name in names}


def own_imports(text: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("parts.billing"):
            is_package = node.module in {"parts.billing", "parts.billing.service"}
            for alias in node.names:
                yield f"{node.module}.{alias.name}" if is_package else str(node.module)


class TestEveryChoice:
    @pytest.mark.parametrize("choice", list(possible_choices()), ids=",".join)
    def test_imports_only_what_is_written(self, choice: tuple[str, ...]) -> None:
        layers = chosen_layers(choice)
        files = component_files(NAMES, layers)
        tests = files_of_tests(NAMES, layers)

        imported = {
            name for text in [*files.values(), *tests.values()] for name in own_imports(text)
        }

        assert imported <= modules_of(files)

    def test_has_a_test_for_each_layer(self) -> None:
        assert [layer.name for layer in LAYERS if not layer.tests] == []
