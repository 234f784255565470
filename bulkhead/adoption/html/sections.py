"""What stands around the matrix: numbers, answers, cycles, the order, what could not be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from bulkhead.adoption.advice import next_steps
from bulkhead.adoption.findings import Findings, KindCount, Turn
from bulkhead.adoption.html.elements import Markup, element, text
from bulkhead.adoption.html.tables import ROWS, folded
from bulkhead.adoption.order import Cycle
from bulkhead.adoption.pairs import kind_rank
from bulkhead.adoption.phrases import beside
from bulkhead.adoption.survey import PROJECT
from bulkhead.adoption.words import counted, some

_UNRESOLVED = 300


def head(findings: Findings) -> Markup:
    """Return the title and the project in numbers."""
    survey = findings.survey
    parts = survey.components
    numbers = (
        (len(parts), "component"),
        (sum(one.modules for one in parts), "module"),
        (sum(one.lines for one in parts), "line"),
        (sum(one.models for one in parts), "model"),
        (len(findings.between), "crossing"),
        (len(findings.cycles), "cycle"),
    )
    facts = (
        element(
            "div",
            element("dt", text(noun if count == 1 else f"{noun}s")),
            element("dd", text(count)),
        )
        for count, noun in numbers
    )
    return element(
        "header",
        element("p", text("Bulkhead survey"), class_="eyebrow"),
        element("h1", text(survey.title or "What ties this project together")),
        *_not_started(findings),
        element("dl", *facts, class_="facts"),
    )


def cycles(findings: Findings) -> Markup:
    """Return the cycles with their cuts."""
    if not findings.cycles:
        return _section(
            "cycles", "Cycles", element("p", text("No components use each other in a circle."))
        )
    pairs = {pair.names: number for number, pair in enumerate(findings.pairs)}
    return _section(
        "cycles",
        "Cycles, and the cheapest cuts that break them",
        element(
            "p",
            text(
                "The members of a cycle can't be freed one by one as long as each reaches the "
                "others. These cuts are the fewest crossings after which none is left; "
                "tests and migrations are not counted."
            ),
            class_="lead",
        ),
        *(_cycle(number, cycle, pairs) for number, cycle in enumerate(findings.cycles, start=1)),
    )


def order(findings: Findings) -> Markup:
    """Return the components in the order in which to free them."""
    heads = (
        "",
        "Component",
        "Modules",
        "Lines",
        "Models",
        "Uses, of those below",
        "Reached by those below",
    )
    rows = [_turn(number, turn) for number, turn in enumerate(findings.turns)]
    free = [f"{turn.label} ({turn.ties:,})" for turn in findings.nearly_free]
    nearly = some(free, ROWS) or "none; each is tied by more than a few"
    return _section(
        "order",
        "The order in which to free them",
        element(
            "p",
            text(
                "The component that is tied least comes first, then the one that is tied least to "
                "those that are not free yet. To free one, replace what it uses of those further "
                "down, and let those that reach into it call its public."
            ),
            class_="lead",
        ),
        element(
            "p",
            element("b", text("Nearly free already")),
            text(f", with their crossings: {nearly}."),
        ),
        *folded("Components in the order in which to free them", heads, rows, "component"),
    )


def untold(findings: Findings) -> Markup:
    """Return what the survey does not show."""
    sentences = [f"{one}." for one in beside(findings)]
    unresolved = findings.survey.unresolved
    if unresolved:
        counts = Counter(one.kind for one in unresolved)
        kinds = ", ".join(f"{kind} {counts[kind]:,}" for kind in sorted(counts, key=kind_rank))
        sentences.append(f"{counted(len(unresolved), 'place')} could not be told: {kinds}.")
    rows = [
        element(
            "tr",
            element("td", element("code", text(f"{one.file}:{one.line}"))),
            element("td", text(one.kind)),
            element("td", element("code", text(one.text))),
            element("td", text(one.reason)),
        )
        for one in unresolved[:_UNRESOLVED]
    ]
    table = folded("What could not be told", ("Where", "Kind", "What", "Why"), rows, "place", 0)
    return _section(
        "untold",
        "What the picture does not show",
        *(element("p", text(one)) for one in sentences or ["Everything could be told."]),
        *(table if rows else ()),
        *_past(len(unresolved)),
    )


def next_section(findings: Findings) -> Markup:
    """Return what to type next."""
    steps = (
        element("li", element("code", text(step.command)), element("span", text(step.reason)))
        for step in next_steps(findings)
    )
    return _section("next", "What to type next", element("ol", *steps, class_="steps"))


def kind_words(kinds: Sequence[KindCount]) -> Iterator[tuple[str, int]]:
    """Yield each kind and how many there are in all."""
    for kind in kinds:
        yield kind.kind, kind.code + kind.tests + kind.migrations


def _not_started(findings: Findings) -> Iterator[Markup]:
    for one in findings.survey.unresolved:
        if one.kind == PROJECT:
            yield element("p", text(one.reason), class_="notice")


def _cycle(number: int, cycle: Cycle, pairs: dict[tuple[str, str], int]) -> Markup:
    rows = [
        element(
            "tr",
            element(
                "th",
                element(
                    "a",
                    text(f"{cut.consumer} uses {cut.provider}"),
                    href=f"#l{pairs[cut.arc]}",
                    data_pair=pairs[cut.arc],
                ),
                scope="row",
            ),
            element("td", text(cut.weight), class_="number"),
            element("td", text(" → ".join((*cut.loop, cut.provider)))),
        )
        for cut in cycle.cuts
    ]
    words = f"{len(cycle.members)} components, {counted(cycle.weight, 'crossing')} to cut"
    heads = ("Cut", "Crossings", "Because of this circle")
    return element(
        "div",
        element("h3", text(f"{number}. {words}")),
        element("p", text(some(cycle.members, ROWS)), class_="members"),
        *folded(f"Cuts of cycle {number}", heads, rows, "cut", ROWS // 2),
        class_="cycle",
    )


def _turn(number: int, turn: Turn) -> Markup:
    part = turn.component
    return element(
        "tr",
        element("td", text(turn.number or "free"), class_="number"),
        element(
            "th",
            text(turn.label),
            *([element("small", text(f" cycle {turn.cycle}"))] if turn.cycle else ()),
            scope="row",
        ),
        *(
            element("td", text(count), class_="number")
            for count in (part.modules, part.lines, part.models)
        ),
        _ends([(pair.provider, pair.weight) for pair in turn.still_uses]),
        _ends([(pair.consumer, pair.weight) for pair in turn.still_used_by]),
        id=f"n{number}",
    )


def _ends(ends: Sequence[tuple[str, int]]) -> Markup:
    """Return a cell with who is at the other ends, and how often."""
    if not ends:
        return element("td", text("none"), class_="none")
    names = some([f"{label} {weight:,}" for label, weight in ends], 3)
    if len(ends) == 1:
        names = ends[0][0]
    total = sum(weight for _, weight in ends)
    return element("td", element("b", text(total)), text(f": {names}"))


def _past(count: int) -> Iterator[Markup]:
    if count > _UNRESOLVED:
        rest = counted(count - _UNRESOLVED, "more place")
        yield element("p", text(f"{rest}: "), element("code", text("bulkhead survey --unresolved")))


def _section(name: str, heading: str, *content: Markup) -> Markup:
    return element(
        "section",
        element("h2", text(heading), id=f"{name}-heading"),
        *content,
        id=name,
        aria_labelledby=f"{name}-heading",
    )
