"""The kinds of crossings: what each says, and what is to be done about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

IMPORT = "import"
PUBLIC_LEAK = "public-leak"


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfCrossing:
    """One kind; `{package}` stands for the package that the crossing leads to."""

    name: str
    seal: str
    verb: str
    """What the one end does to the other: `imports`."""

    way_out: str = ""
    """Empty where the rule that is broken knows better."""


_ALL = (
    KindOfCrossing(name=IMPORT, seal="imports", verb="imports"),
    KindOfCrossing(
        name="relation",
        seal="references",
        verb="has a relation to",
        way_out=(
            "Hold the id in a plain column (a ReferenceField), and ask {package}.public for more."
        ),
    ),
    KindOfCrossing(
        name="reverse",
        seal="references",
        verb="walks back along a relation to",
        way_out="Let {package}.public offer these by the id, and call it.",
    ),
    KindOfCrossing(
        name="query-path",
        seal="references",
        verb="looks up along a relation to",
        way_out="Ask {package}.public for the ids, and look up by these.",
    ),
    KindOfCrossing(
        name="model-lookup",
        seal="imports",
        verb="looks up a model of",
        way_out=(
            "Use what {package}.public offers: a model that is looked up by name is as tied to as "
            "one that is imported."
        ),
    ),
    KindOfCrossing(
        name="string",
        seal="imports",
        verb="names by a string",
        way_out="Name what {package}.public offers, or let the project hand it in.",
    ),
    KindOfCrossing(
        name="url-name",
        seal="imports",
        verb="names a URL of",
        way_out="Let {package}.public offer the link, and ask it.",
    ),
    KindOfCrossing(
        name="template",
        seal="imports",
        verb="uses a template of",
        way_out="Move what both show into a template of the project, or keep one of its own.",
    ),
    KindOfCrossing(
        name="signal",
        seal="imports",
        verb="listens to",
        way_out="Ask {package}.public when it is needed, or let the project compose the two.",
    ),
    KindOfCrossing(
        name="migration",
        seal="references",
        verb="migrates along with",
        way_out=(
            "Touch the tables of its own component alone; what has run already stays in the "
            "ledger until it is squashed."
        ),
    ),
    KindOfCrossing(
        name="raw-sql",
        seal="queries",
        verb="has SQL on a table of",
        way_out="Ask {package}.public, or move the statement into {package}.",
    ),
    KindOfCrossing(
        name="fixture",
        seal="references",
        verb="has rows of",
        way_out="Give each component a fixture of its own.",
    ),
    KindOfCrossing(
        name=PUBLIC_LEAK,
        seal="imports",
        verb="hands out",
        way_out="Make it of what {package}.public hands out.",
    ),
)

KINDS: Mapping[str, KindOfCrossing] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Every kind by its name, in the order in which reports have them."""

SEALS = ("imports", "references", "queries", "transactions")
WATCHED = ("imports", "references")
"""The seals that something sees to; the others are seen only while a project runs."""


def kinds_under(seal: str) -> tuple[str, ...]:
    """Return the kinds of crossing that a seal rules out."""
    return tuple(kind.name for kind in _ALL if kind.seal == seal)
