"""Crossings made by hand, and a large project made by a rule."""

from __future__ import annotations

import random
from collections.abc import Iterable

from bulkhead.adoption.survey import Survey, survey_of
from bulkhead.crossings.kinds import KINDS
from bulkhead.crossings.links import Unresolved
from bulkhead.crossings.records import Crossing, Explanation, Origin, Target, Verdict
from bulkhead.crossings.sizes import Size

RULE = Explanation(
    rule="public-only",
    sentence="A component is reached through its public alone.",
    possible="public",
    way_out="Offer it in public.",
)


def crossing(  # noqa: PLR0913 - each test names what it is about
    consumer: str | None,
    provider: str | None,
    *,
    kind: str = "import",
    line: int = 1,
    file: str = "",
    symbol: str = "",
    place: str = "views",
    test: bool = False,
    verdict: Verdict = Verdict.NEW,
) -> Crossing:
    """Return a crossing from `<consumer>/views.py` to `<provider>.models.Thing`."""
    package = consumer or "project"
    return Crossing(
        kind=kind,
        origin=Origin(
            file=file or f"{package}/{place}.py",
            line=line,
            module=f"{package}.{place}",
            place=place,
            component=consumer,
        ),
        target=Target(
            symbol=symbol or f"{provider or 'project'}.models.Thing",
            place="models",
            component=provider,
        ),
        explanation=RULE,
        verdict=verdict,
        test=test,
    )


def crossings(consumer: str, provider: str, count: int, *, kind: str = "import") -> list[Crossing]:
    """Return so many crossings, a line each."""
    return [crossing(consumer, provider, line=line, kind=kind) for line in range(1, count + 1)]


def surveyed(*groups: Iterable[Crossing], also: Iterable[str] = ()) -> Survey:
    """Return a survey of these crossings, and of components that nothing ties."""
    components = [Size(label=label) for label in also]
    return survey_of(components, [one for group in groups for one in group])


def large_survey(
    components: int = 300, pairs: int = 3_000, *, seed: int = 5, ways_back: float = 0.06
) -> Survey:
    """Return a project of a shape that grown ones have: layers, hubs, and ways back."""
    dice = random.Random(seed)  # noqa: S311 - nothing secret
    labels = [f"{_WORDS[i % len(_WORDS)]}{i // len(_WORDS) or ''}" for i in range(components)]
    sizes = [
        Size(
            label=label,
            apps=(f"shop.{label}",),
            modules=dice.randint(3, 60),
            lines=dice.randint(200, 20_000),
            models=dice.randint(0, 25),
        )
        for label in labels
    ]
    chosen: set[tuple[int, int]] = set()
    while len(chosen) < pairs:
        consumer = dice.randrange(components)
        provider = int(components * dice.random() ** 2)
        if consumer != provider and (provider < consumer or dice.random() < ways_back):
            chosen.add((consumer, provider))
    held = [
        one
        for consumer, provider in sorted(chosen)
        for one in _lines(dice, labels[consumer], labels[provider])
    ]
    unresolved = [
        Unresolved(
            file=f"shop/{label}/tasks.py",
            line=7,
            module=f"shop.{label}.tasks",
            kind="string",
            text="f'{app}.tasks.run'",
            reason="It is put together while it runs.",
        )
        for label in labels[:40]
    ]
    return survey_of(sizes, held, unresolved, title="shop.settings")


def _lines(dice: random.Random, consumer: str, provider: str) -> list[Crossing]:
    count = min(80, int(dice.paretovariate(0.9)))
    return [_line(dice, consumer, provider) for _ in range(count)]


def _line(dice: random.Random, consumer: str, provider: str) -> Crossing:
    kind = dice.choices(tuple(KINDS), weights=_SHARES)[0]
    test = dice.random() < 0.25
    migration = kind == "migration"
    place = "migrations" if migration else dice.choice(_PLACES)
    module = f"shop.{consumer}.{'tests.test_' if test else ''}{place}"
    return Crossing(
        kind=kind,
        origin=Origin(
            file=module.replace(".", "/") + ".py",
            line=dice.randint(1, 900),
            module=module,
            place=place,
            component=consumer,
        ),
        target=Target(
            symbol=f"shop.{provider}.{dice.choice(_PLACES)}.{dice.choice(_NAMES)}",
            place="models",
            component=provider,
        ),
        explanation=RULE,
        test=test and not migration,
    )


_SHARES = (55, 8, 6, 10, 2, 5, 3, 2, 3, 4, 1, 0.5, 0.5)
_PLACES = ("models", "views", "services", "forms", "tasks", "admin", "serializers")
_NAMES = ("Record", "Entry", "create_entry", "close_entry", "Summary", "EntryForm", "notify")
_WORDS = (
    "accounts",
    "addresses",
    "audit",
    "baskets",
    "billing",
    "campaigns",
    "catalogue",
    "channels",
    "checkout",
    "claims",
    "contracts",
    "customers",
    "discounts",
    "documents",
    "exports",
    "feeds",
    "giftcards",
    "imports",
    "inventory",
    "invoices",
    "ledgers",
    "locations",
    "mailing",
    "media",
    "menus",
    "orders",
    "pages",
    "partners",
    "payments",
    "plugins",
    "pricing",
    "products",
    "quotes",
    "refunds",
    "reports",
    "returns",
    "reviews",
    "search",
    "shipping",
    "stores",
    "suppliers",
    "tasks",
    "taxes",
    "tenants",
    "tracking",
    "translations",
    "warehouses",
    "webhooks",
    "wishlists",
    "workflows",
)
