"""Links of the kind `import`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bulkhead.crossings.kinds import IMPORT
from bulkhead.crossings.links import Link
from bulkhead.crossings.reading.imports import Import


def links_of_imports(module: str, file: str, imports: Iterable[Import]) -> Iterator[Link]:
    """Yield what one module imports, by line."""
    for one in imports:
        yield Link(
            file=file,
            line=one.line,
            module=module,
            kind=IMPORT,
            symbol=one.symbol,
            type_checking=one.type_checking,
            in_function=one.in_function,
        )
