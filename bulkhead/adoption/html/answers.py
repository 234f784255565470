"""The three things that one wants to know first."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.adoption.advice import first_to_free
from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.elements import Markup, element, text
from bulkhead.adoption.pairs import Pair
from bulkhead.adoption.phrases import in_the_way
from bulkhead.adoption.words import counted


def answers(findings: Findings) -> Markup:
    """Return the three things that one wants to know first."""
    return element(
        "section",
        *_most_entangled(findings),
        *_first(findings),
        *_cheapest(findings),
        class_="answers",
        aria_label="In short",
    )


def _most_entangled(findings: Findings) -> Iterator[Markup]:
    for tie in findings.ties[:1]:
        one, other = tie.names
        links = [
            element(
                "li",
                _pair_link(pair, findings.pairs.index(pair)),
                text(f" {counted(pair.shown, 'time')}"),
            )
            for pair in tie.pairs
        ]
        yield _answer("Most entangled", f"{one} and {other}", element("ul", *links))


def _first(findings: Findings) -> Iterator[Markup]:
    turn = first_to_free(findings)
    if turn is not None:
        place = findings.turns.index(turn)
        sentence = "; ".join(in_the_way(turn))
        yield _answer(
            "First to free",
            turn.label,
            element("p", text(f"{sentence[0].upper()}{sentence[1:]}.")),
            element("p", element("a", text("The whole order"), href=f"#n{place}")),
        )


def _cheapest(findings: Findings) -> Iterator[Markup]:
    if findings.cycles:
        cuts = sum(len(cycle.cuts) for cycle in findings.cycles)
        weight = sum(cycle.weight for cycle in findings.cycles)
        members = sum(len(cycle.members) for cycle in findings.cycles)
        yield _answer(
            "Cheapest way out of all cycles",
            f"{counted(cuts, 'cut')}, {counted(weight, 'crossing')}",
            element("p", text(f"{counted(members, 'component')} then no longer reach each other.")),
            element("p", element("a", text("The cuts"), href="#cycles")),
        )


def _answer(question: str, answer: str, *content: Markup) -> Markup:
    return element(
        "div",
        element("h2", text(question)),
        element("p", text(answer), class_="answer"),
        *content,
        class_="card",
    )


def _pair_link(pair: Pair, number: int) -> Markup:
    words = f"{pair.consumer} uses {pair.provider}"
    return element("a", text(words), href=f"#l{number}", data_pair=number)
