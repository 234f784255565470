"""Facts as the cache keeps them: plain tuples, which are read back in no time."""

from __future__ import annotations

import marshal
from typing import Any

from bulkhead.crossings.reading.facts import AttributeUse, Call, Class, FileFacts, Function, Text
from bulkhead.crossings.reading.imports import Import
from bulkhead.crossings.reading.transactions import PlainTransaction


def packed(facts: FileFacts) -> bytes:
    """Return facts as bytes."""
    return marshal.dumps(
        (
            tuple(map(tuple, facts.imports)),
            dict(facts.names),
            dict(facts.values),
            facts.variables,
            facts.exports,
            tuple(map(tuple, facts.classes)),
            tuple(map(tuple, facts.functions)),
            tuple(map(tuple, facts.calls)),
            tuple(map(tuple, facts.texts)),
            tuple(sorted(facts.attributes)),
            facts.lines,
            tuple(map(tuple, facts.plain_transactions)),
            facts.unreadable,
            facts.unreadable_line,
        )
    )


def unpacked(content: bytes) -> FileFacts:
    """Return the facts that these bytes hold."""
    (
        imports,
        names,
        values,
        variables,
        exports,
        classes,
        functions,
        calls,
        texts,
        attributes,
        lines,
        plain_transactions,
        unreadable,
        unreadable_line,
    ) = marshal.loads(content)  # noqa: S302 - what Bulkhead wrote itself, checked by a digest
    return FileFacts(
        imports=tuple(map(Import._make, imports)),
        names=names,
        values=values,
        variables=variables,
        exports=exports,
        classes=tuple(map(Class._make, classes)),
        functions=tuple(map(Function._make, functions)),
        calls=tuple(map(Call._make, calls)),
        texts=tuple(map(Text._make, texts)),
        attributes=frozenset(attributes),
        lines=lines,
        plain_transactions=tuple(map(PlainTransaction._make, plain_transactions)),
        unreadable=unreadable,
        unreadable_line=unreadable_line,
    )


def packed_uses(uses: tuple[AttributeUse, ...]) -> bytes:
    """Return uses of attributes as bytes."""
    return marshal.dumps(tuple(map(tuple, uses)))


def unpacked_uses(content: bytes) -> tuple[AttributeUse, ...]:
    """Return the uses of attributes that these bytes hold."""
    plain: Any = marshal.loads(content)  # noqa: S302 - what Bulkhead wrote itself
    return tuple(map(AttributeUse._make, plain))
