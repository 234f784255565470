"""The files of a new component, from the templates in `component/`."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from importlib.resources import files
from string import Template

from bulkhead.scaffold.layers import ALWAYS, LAYERS, Layer
from bulkhead.scaffold.names import WORDS_OF_AGGREGATES, Names

_STAND_IN = Names(package="zz.zz_label", aggregate="ZzAggregate")


def component_files(names: Names, layers: Iterable[Layer]) -> dict[str, str]:
    """Return the text of each file of the component, by its path in the component."""
    paths = [*ALWAYS, *(path for layer in layers for path in layer.files)]
    return {_named(path, names): _filled(path, names) for path in paths}


def files_of_tests(names: Names, layers: Iterable[Layer]) -> dict[str, str]:
    """Return the text of each test module, by its path in the folder of tests."""
    paths = ["__init__.py", *(path for layer in layers for path in layer.tests)]
    return {path: _filled(f"tests/{path}", names) for path in paths}


def taken_names() -> dict[str, frozenset[str]]:
    """Return what no aggregate may be called: for each word, the names in files that bear it.

    A name does no harm in a file where that word of the aggregate does not stand.
    """
    texts = (component_files(_STAND_IN, LAYERS) | files_of_tests(_STAND_IN, LAYERS)).values()
    files = [_names_in(text) for text in texts]
    words = _STAND_IN.as_words()
    return {
        word: frozenset(
            name
            for names in files
            if words[word] in names
            for name in names
            if "zz" not in name.lower()
        )
        for word in WORDS_OF_AGGREGATES
    }


def _named(path: str, names: Names) -> str:
    return path.replace("aggregates", names.as_words()["aggregates"])


def _filled(path: str, names: Names) -> str:
    template = files("bulkhead.scaffold") / "component" / f"{path}-tpl"
    return Template(template.read_text(encoding="utf-8")).substitute(names.as_words())


def _names_in(text: str) -> frozenset[str]:
    return frozenset(name for node in ast.walk(ast.parse(text)) for name in _names_of(node))


def _names_of(node: ast.AST) -> Iterable[str]:
    match node:
        case ast.Name(id=name) | ast.arg(arg=name) | ast.FunctionDef(name=name):
            yield name
        case ast.ClassDef(name=name):
            yield name
        case ast.ImportFrom(names=aliases) | ast.Import(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)
