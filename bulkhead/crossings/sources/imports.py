"""Links of the kind `import`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from bulkhead.crossings.kinds import IMPORT
from bulkhead.crossings.links import Link
from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.resolving.names import Definition, Names
from bulkhead.crossings.world import World


def import_links(world: World) -> Iterator[Link]:
    """Yield what the modules import that are asked for."""
    for module in world.asked:
        yield from links_of_imports(
            module, world.file(module), world.facts[module].imports, world.names
        )


def links_of_imports(
    module: str, file: str, imports: Iterable[Import], names: Names
) -> Iterator[Link]:
    """Yield what one module imports, by line, each thing with where it is defined."""
    for one in imports:
        if _is_of_python(one, names):
            continue
        symbol, way = _definition(one, names)
        yield Link(
            file=file,
            line=one.line,
            module=module,
            kind=IMPORT,
            symbol=symbol,
            way=way,
            type_checking=one.type_checking,
            in_function=one.in_function,
        )


def _definition(one: Import, names: Names) -> Definition:
    """Return where an imported thing is defined; `import a.b` is the module, whatever it binds."""
    if not one.name or one.name == "*":
        return Definition(one.symbol)
    return names.definition(one.symbol) or Definition(one.symbol)


def _is_of_python(one: Import, names: Names) -> bool:
    package = one.module.partition(".")[0]
    return package in sys.stdlib_module_names and not names.is_module(package)
