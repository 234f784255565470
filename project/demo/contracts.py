"""The contracts of the demo: who builds which part of a building, at which price."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from uuid import NAMESPACE_URL, UUID, uuid5

from components.contracting import public as contracting
from components.shared_kernel.money import Money
from project.demo.buildings import AS_OF, DEARER, LOWERED, Building
from project.demo.trades import COMPANIES, PARTS, PRICE_LEVELS, Part, Work

_IDS = uuid5(NAMESPACE_URL, "https://bulkhead.invalid/demo")
_COUNTED = {"piece", "week", "month"}

_ART = Part(
    "930",
    "Art in the building",
    6,
    58,
    96,
    "Architecture",
    (
        Work("Competition and jury", "lump sum", 24_000),
        Work("Mosaic in the entrance", "m²", 2_350),
    ),
)
_CONTROLS = Part(
    "440",
    "Building controls",
    14,
    60,
    96,
    "Electrical",
    (
        Work("Controllers with software", "piece", 7_900),
        Work("Commissioning", "week", 11_200),
    ),
)
_EXTRAS = {"P-2308": ((_ART, "EUR"),), "P-2302": ((_CONTROLS, "USD"),)}
"""What nobody had planned, and what is paid in another currency than the rest."""

_REASONS = (
    "Client asks for a better finish",
    "Ground worse than surveyed",
    "Fire authority wants a second way out",
    "Design changed after the tender",
    "Winter works and heating",
    "Additional openings for services",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Commission:
    """A part of a building, and one of those who share it."""

    building: Building
    part: Part
    company: str
    currency: str
    place: int

    @property
    def number(self) -> str:
        """The number of its contract."""
        suffix = "" if self.place == 0 else f"-{self.place + 1}"
        return f"C-{self.building.number[2:]}-{self.part.code}{suffix}"

    @property
    def id(self) -> UUID:
        """The id of its contract, the same in each demo."""
        return uuid5(_IDS, self.number)

    @property
    def begins_on(self) -> date:
        """When its work begins."""
        return self._day(self.part.begins)

    @property
    def ends_on(self) -> date:
        """When its work is to be done."""
        return self._day(self.part.ends)

    @property
    def progress(self) -> float:
        """How much of it is done, from 0 to 1."""
        if self.is_lowered:
            return 1.0
        passed = (AS_OF - self.begins_on) / (self.ends_on - self.begins_on)
        return min(1.0, max(0.0, passed))

    @property
    def is_lowered(self) -> bool:
        """Whether something is taken off it after most of it was invoiced."""
        return (self.building.number, self.part.code) in LOWERED and self.place == 0

    @property
    def random(self) -> Random:
        """Chance, which falls in the same way for each demo."""
        return Random(self.number)  # noqa: S311 - nothing here is a secret

    def _day(self, percent: int) -> date:
        building = self.building
        return building.starts_on + (building.ends_on - building.starts_on) * percent / 100


def commissions(building: Building) -> Iterator[Commission]:
    """Return what has been agreed for a building so far, part by part."""
    if not building.contracts_per_part:
        return
    for part in PARTS:
        for place in range(building.contracts_per_part):
            yield _commission(building, part, building.currency, place)
    for part, currency in _EXTRAS.get(building.number, ()):
        yield _commission(building, part, currency, building.contracts_per_part)


def past_contract(
    commission: Commission, *, project_id: int, company_ids: Mapping[str, int]
) -> contracting.PastContract:
    """Return the contract with all that happened to it."""
    chance = commission.random
    items = tuple(_line_items(commission, chance))
    signed_on = commission.begins_on - timedelta(days=chance.randint(25, 60))
    closed_on = _closed_on(commission, chance)
    worth = Money.sum((item.amount for item in items), commission.currency)
    changes = tuple(_changes(commission, worth, chance))
    return contracting.PastContract(
        id=commission.id,
        number=commission.number,
        title=_title(commission),
        project_id=project_id,
        company_id=company_ids[commission.company],
        cost_code=commission.part.code,
        currency=commission.currency,
        retention_percent=Decimal(chance.choice(("5", "5", "5", "10", "2.5"))),
        line_items=items,
        signed_on=signed_on,
        changes=changes,
        closed_on=closed_on,
    )


def _commission(building: Building, part: Part, currency: str, place: int) -> Commission:
    able = [name for name, trade, _ in COMPANIES if trade == part.trade]
    chosen = able[(int(building.number[2:]) + place) % len(able)]
    return Commission(building=building, part=part, company=chosen, currency=currency, place=place)


def _title(commission: Commission) -> str:
    building = commission.building
    shared = building.contracts_per_part > 1 and commission.place < building.contracts_per_part
    return (
        f"{commission.part.title}, lot {commission.place + 1}" if shared else commission.part.title
    )


def _line_items(commission: Commission, chance: Random) -> Iterator[contracting.LineItem]:
    """Return items that add up to about what the part is to cost; the last takes the rest."""
    works = commission.part.works
    target = _target(commission, chance)
    level = PRICE_LEVELS[commission.currency]
    for parts, money in zip(
        works, target.allocate([chance.randint(2, 5) for _ in works]), strict=True
    ):
        about = Decimal(parts.price * level) * chance.randint(90, 112) / 100
        quantity = _quantity(parts.unit, money.amount / about)
        yield contracting.LineItem(
            description=parts.description,
            quantity=quantity,
            unit=parts.unit,
            unit_price=Money.rounded(money.amount / quantity, commission.currency),
        )


def _target(commission: Commission, chance: Random) -> Money:
    building, part = commission.building, commission.part
    percent = DEARER.get((building.number, part.code)) or chance.randint(87, 95)
    whole = building.budget * part.share * percent // 100_000
    lots = max(1, building.contracts_per_part) if part in PARTS else 1
    return Money.of(whole // lots, commission.currency)


def _quantity(unit: str, about: Decimal) -> Decimal:
    if unit == "lump sum":
        return Decimal(1)
    step = Decimal(1) if unit in _COUNTED else Decimal("0.5")
    return max(step, (about / step).quantize(Decimal(1)) * step)


def _changes(
    commission: Commission, worth: Money, chance: Random
) -> Iterator[contracting.PastChange]:
    ends_on = min(commission.ends_on, AS_OF)
    days = (ends_on - commission.begins_on).days
    if days <= 0:
        return
    for place, day in enumerate(
        sorted(chance.sample(range(days + 1), k=chance.choice((0, 1, 1, 2))))
    ):
        yield _change(commission, worth, place, commission.begins_on + timedelta(days=day), chance)
    if commission.is_lowered:
        yield contracting.PastChange(
            id=uuid5(commission.id, "lowered"),
            reason="Part of the work given to another company",
            amount=-worth.percent(9),
            proposed_on=AS_OF - timedelta(days=19),
            decided_on=AS_OF - timedelta(days=5),
            is_approved=True,
        )


def _change(
    commission: Commission, worth: Money, place: int, proposed_on: date, chance: Random
) -> contracting.PastChange:
    decided_on: date | None = proposed_on + timedelta(days=chance.randint(6, 30))
    is_approved = chance.random() < 0.75  # noqa: PLR2004 - three of four
    if decided_on is not None and decided_on > AS_OF:
        decided_on, is_approved = None, False
    return contracting.PastChange(
        id=uuid5(commission.id, f"change {place}"),
        reason=chance.choice(_REASONS),
        amount=worth.times(Decimal(chance.randint(6, 28)).scaleb(-3)),
        proposed_on=proposed_on,
        decided_on=decided_on,
        is_approved=is_approved,
    )


def _closed_on(commission: Commission, chance: Random) -> date | None:
    day = commission.ends_on + timedelta(days=chance.randint(35, 90))
    return day if day < AS_OF and not commission.is_lowered else None
