"""What is said of ties, cycles and components, in a line or in the cells of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bulkhead.adoption.findings import Findings, KindCount, Turn
from bulkhead.adoption.order import Cycle
from bulkhead.adoption.pairs import Pair, Tie
from bulkhead.adoption.terminal import Signs
from bulkhead.adoption.words import counted, some
from bulkhead.crossings.kinds import KINDS
from bulkhead.crossings.records import Crossing
from bulkhead.crossings.sizes import Size


def sizes(parts: Sequence[Size]) -> list[str]:
    """Return how many components there are, and their size."""
    return [
        counted(len(parts), "component"),
        counted(sum(one.modules for one in parts), "module"),
        counted(sum(one.lines for one in parts), "line"),
        counted(sum(one.models for one in parts), "model"),
    ]


def beside(findings: Findings) -> Iterator[str]:
    """Yield what is there beside the crossings between components."""
    if findings.inside:
        yield f"{counted(len(findings.inside), 'crossing')} inside components, against their layers"
    if findings.outside:
        yield (
            f"{counted(len(findings.outside), 'crossing')} to or from the project's own modules, "
            f"which are no component's"
        )
    if findings.survey.wiring:
        yield (
            f"{counted(findings.survey.wiring, 'tie')} to or from the project's own modules, which "
            f"wire the components, and are no crossing"
        )


def kind_words(kind: KindCount) -> str:
    """Return `import 120 (14 in tests)`."""
    total = kind.code + kind.tests + kind.migrations
    beside = [
        f"{count:,} in {where}"
        for count, where in ((kind.tests, "tests"), (kind.migrations, "migrations"))
        if count and kind.kind != "migration"
    ]
    return f"{kind.kind} {total:,}" + (f" ({', '.join(beside)})" if beside else "")


def tie_cells(tie: Tie, signs: Signs) -> tuple[str, str, str]:
    """Return the row of two components."""
    sign = signs.both if len(tie.pairs) > 1 else signs.to
    one, other = tie.names
    words = kinds_words(tie.pairs[0], most=3)
    if len(tie.pairs) > 1:
        words = ", ".join(f"{arrow(pair, signs)} {pair.shown:,}" for pair in tie.pairs)
    return f"{one} {sign} {other}", f"{tie.shown:,}", words


def cycle_words(cycle: Cycle) -> str:
    """Return who is in a cycle, and what it takes to break it."""
    members = some(cycle.members, 4)
    crossings = counted(cycle.weight, "crossing")
    return (
        f"{len(cycle.members)} components reach each other: {members}. "
        f"{counted(len(cycle.cuts), 'cut')} of {crossings} in all."
    )


def turn_cells(turn: Turn) -> tuple[str, ...]:
    """Return the row of one component in the order."""
    return f"{turn.number}.", turn.label, *in_the_way(turn)


def in_the_way(turn: Turn) -> tuple[str, str]:
    """Return what it still uses, and who still reaches into it."""
    uses, used_by = turn.still_uses, turn.still_used_by
    reaching = "nobody reaches into it"
    if used_by:
        who = f"{counted(len(used_by), 'component')} {'reaches' if len(used_by) == 1 else 'reach'}"
        reaching = f"{who} into it, {counted(_weight(used_by), 'time')}"
    if not uses:
        return "uses none", reaching
    names = some([pair.provider for pair in uses], 2)
    return f"uses {names}, {counted(_weight(uses), 'time')}", reaching


def crossing_cells(one: Crossing) -> tuple[str, str, str]:
    """Return the row of one crossing."""
    where = f"{one.origin.file}:{one.origin.line}"
    return where, one.kind + (" (test)" if one.test else ""), one.target.symbol


def kinds_words(pair: Pair, most: int = len(KINDS)) -> str:
    """Return `import 12, relation 3`, and how many more there are in tests and migrations."""
    words = some([f"{kind} {count:,}" for kind, count in pair.kinds], most)
    if not pair.weight:
        return f"{words}, in tests or migrations alone"
    return words + (f"; {pair.beside:,} more in tests or migrations" if pair.beside else "")


def _weight(pairs: Sequence[Pair]) -> int:
    return sum(pair.weight for pair in pairs)


def arrow(pair: Pair, signs: Signs) -> str:
    """Return `orders → stock`."""
    return f"{pair.consumer} {signs.to} {pair.provider}"
