"""The list beside the matrix: every pair, and the lines behind it."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.adoption.advice import command_for
from bulkhead.adoption.findings import Findings
from bulkhead.adoption.html.elements import Markup, element, text
from bulkhead.adoption.pairs import Pair, binds
from bulkhead.adoption.words import counted
from bulkhead.crossings.records import Crossing

WITHOUT_A_SCRIPT = 1_500
"""So many lines stand in the page for readers without JavaScript, the heaviest pairs first."""

MOST_KINDS = 4
_OF_EACH = 5


def listing(findings: Findings) -> Markup:
    """Return the list of pairs, the heaviest first."""
    cuts = {cut.arc for cycle in findings.cycles for cut in cycle.cuts}
    left = WITHOUT_A_SCRIPT
    items = []
    for number, pair in enumerate(findings.pairs):
        shown = min(left, _OF_EACH)
        items.append(_item(number, pair, shown, is_cut=pair.names in cuts))
        left -= min(shown, len(pair.crossings))
    return element("ol", *items, id="list", class_="list", role="list")


def line(one: Crossing) -> Markup:
    """Return one crossing: where it stands, of which kind it is, where it leads."""
    kind = f"{one.kind} · test" if one.test else one.kind
    return element(
        "li",
        element("span", text(f"{one.origin.file}:{one.origin.line}"), class_="at"),
        element("span", text(kind), class_="kind"),
        element("span", text(one.target.symbol), class_="symbol"),
    )


def _item(number: int, pair: Pair, most: int, *, is_cut: bool) -> Markup:
    return element(
        "li",
        element(
            "details",
            element(
                "summary",
                element(
                    "span",
                    text(pair.consumer),
                    element("i", text(" uses "), class_="uses"),
                    text(pair.provider),
                    class_="who",
                ),
                element("b", text(pair.shown), class_="n"),
                element("small", text(_kinds(pair)), class_="kinds"),
            ),
            element("div", *_lines(pair, most), id=f"l{number}", class_="lines-behind"),
        ),
        **({"class_": "cut"} if is_cut else {}),
    )


def _lines(pair: Pair, most: int) -> Iterator[Markup]:
    shown = sorted(pair.crossings, key=lambda one: not binds(one))[:most]
    if shown:
        yield element("ul", *map(line, shown))
    if rest := len(pair.crossings) - len(shown):
        command = f"{command_for(*pair.names)} --all"
        yield element("p", text(f"{counted(rest, 'more line')}: "), element("code", text(command)))


def _kinds(pair: Pair) -> str:
    """Return the most frequent kinds, as the script writes them."""
    shown = [f"{kind} {count:,}" for kind, count in pair.kinds[:MOST_KINDS]]
    if rest := len(pair.kinds) - len(shown):
        shown.append(counted(rest, "more kind"))
    if pair.beside:
        shown.append(f"{pair.beside:,} in tests or migrations")
    return " · ".join(shown)
