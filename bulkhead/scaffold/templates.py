"""The files of a new component, from the templates in `component/`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from importlib.resources import files
from string import Template

from bulkhead.scaffold.layers import ALWAYS, LAYERS, Layer
from bulkhead.scaffold.names import Names

_STAND_IN = Names(package="zz.zz_label", aggregate="ZzAggregate")


def component_files(names: Names, layers: Iterable[Layer]) -> dict[str, str]:
    """Return the text of each file of the component, by its path in the component."""
    paths = [*ALWAYS, *(path for layer in layers for path in layer.files)]
    return {_named(path, names): _filled(path, names) for path in paths}


def files_of_tests(names: Names, layers: Iterable[Layer]) -> dict[str, str]:
    """Return the text of each test module, by its path in the folder of tests."""
    paths = ["__init__.py", *(path for layer in layers for path in layer.tests)]
    return {path: _filled(f"tests/{path}", names) for path in paths}


def names_in_templates() -> frozenset[str]:
    """Return every name that the files use for something else than the aggregate."""
    texts = (component_files(_STAND_IN, LAYERS) | files_of_tests(_STAND_IN, LAYERS)).values()
    nodes = [node for text in texts for node in ast.walk(ast.parse(text))]
    names = {name for node in nodes for name in _names_of(node)}
    return frozenset(name for name in names if "zz" not in name.lower())


def _named(path: str, names: Names) -> str:
    return path.replace("aggregates", names.as_words()["aggregates"])


def _filled(path: str, names: Names) -> str:
    template = files("bulkhead.scaffold") / "component" / f"{path}-tpl"
    return Template(template.read_text(encoding="utf-8")).substitute(names.as_words())


def _names_of(node: ast.AST) -> Iterable[str]:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
            yield name
        case ast.ClassDef(name=name) | ast.keyword(arg=str(name)) | ast.Attribute(attr=name):
            yield name
        case ast.ImportFrom(names=aliases) | ast.Import(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)
