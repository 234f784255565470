"""The invoices of the demo: what was claimed under a contract as its work went on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal
from itertools import accumulate
from random import Random
from uuid import uuid5

from components.contracting import public as contracting
from components.invoicing import public as invoicing
from components.shared_kernel.money import Money
from project.demo.buildings import AS_OF
from project.demo.contracts import Commission

_FINEST = Decimal("0.001")
_MOST = Decimal("0.985")
"""What is invoiced of finished work, so that rounding never takes a contract beyond its sum."""

_DEDUCTIONS = (
    (invoicing.DeductionKind.DEFECT, "Defects not mended yet"),
    (invoicing.DeductionKind.DEFECT, "Damage to work of others"),
    (invoicing.DeductionKind.BACK_CHARGE, "Site power and water"),
    (invoicing.DeductionKind.BACK_CHARGE, "Waste carted away by others"),
    (invoicing.DeductionKind.DISCOUNT, "Discount for early payment"),
)
_REFUSALS = (
    "Measurement is missing",
    "Work was not yet done on this day",
    "Prices differ from the contract",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Claim:
    """A stretch of the work, and when it is claimed."""

    place: int
    issued_on: date
    since: Decimal
    until: Decimal
    """How much of the work was claimed before and after it, from 0 to 1."""
    is_refused: bool


def is_invoiced(commission: Commission) -> bool:
    """Tell whether there is anything to claim yet."""
    return commission.begins_on + timedelta(days=45) < AS_OF


def past_invoices(
    commission: Commission, contract: contracting.PastContract, count: int
) -> list[invoicing.PastInvoice]:
    """Return so many invoices under a contract, with what became of each."""
    chance = Random(f"{commission.number} invoices")  # noqa: S311 - nothing here is a secret
    first = chance.randint(100, 900)
    billed: set[int] = set()
    found = []
    for claim in _claims(commission, count, chance):
        changes = _due_changes(contract, claim.issued_on, billed)
        lines = (*_lines(contract, claim), *_change_lines(contract, changes))
        found.append(_invoice(contract, claim, lines, f"{_initials(commission)}-{first}", chance))
        if not claim.is_refused:
            billed.update(changes)
    return found


def _claims(commission: Commission, count: int, chance: Random) -> Iterator[_Claim]:
    days = _days(commission, count, chance)
    refused = [_is_refused(day, chance) for day in days[:-1]] + [False]
    accepted = refused.count(False)
    reached = _stages(commission, accepted, chance)
    place = 0
    for number, is_refused in enumerate(refused):
        yield _Claim(
            place=number,
            issued_on=days[number],
            since=reached[place],
            until=reached[place + 1],
            is_refused=is_refused,
        )
        place += not is_refused


def _stages(commission: Commission, count: int, chance: Random) -> list[Decimal]:
    """Return how much of the work was done, from 0 at first, after each of so many stretches."""
    steps = [0, *(chance.randint(35, 165) for _ in range(count))]
    done = Decimal(str(round(commission.progress, 4))) * _MOST
    whole = sum(steps)
    return [done * reached / whole for reached in accumulate(steps)]


def _is_refused(issued_on: date, chance: Random) -> bool:
    """Refuse one of 25, of those that have been decided; the next one claims the same work."""
    return chance.random() < 0.04 and _by_now(issued_on + timedelta(days=20)) is not None  # noqa: PLR2004


def _days(commission: Commission, count: int, chance: Random) -> list[date]:
    first = commission.begins_on + timedelta(days=30)
    since = timedelta(days=25 if commission.is_lowered else 1)
    last = min(commission.ends_on + timedelta(days=15), AS_OF - since)
    places = [number + 0.6 + 0.4 * chance.random() for number in range(count)]
    return [first + (last - first) * place / count for place in places]


def _lines(contract: contracting.PastContract, claim: _Claim) -> list[invoicing.InvoiceLine]:
    """Return the work of this stretch: items are done one after the other, by their price."""
    worth = sum((item.amount.amount for item in contract.line_items), Decimal(0))
    found = []
    before = Decimal(0)
    for item in contract.line_items:
        share = item.amount.amount / worth
        quantity = _done(item.quantity, (claim.until - before) / share) - _done(
            item.quantity, (claim.since - before) / share
        )
        before += share
        if item.unit_price.times(quantity).is_positive:
            found.append(_line(item, quantity, claim))
    return found or [_line(contract.line_items[0], _FINEST, claim)]


def _done(quantity: Decimal, part: Decimal) -> Decimal:
    return (quantity * min(Decimal(1), max(Decimal(0), part))).quantize(
        _FINEST, rounding=ROUND_DOWN
    )


def _line(item: contracting.LineItem, quantity: Decimal, claim: _Claim) -> invoicing.InvoiceLine:
    return invoicing.InvoiceLine(
        description=f"{item.description}, done by {claim.issued_on}",
        quantity=quantity,
        unit=item.unit,
        unit_price=item.unit_price,
    )


def _due_changes(contract: contracting.PastContract, on: date, billed: set[int]) -> list[int]:
    return [
        place
        for place, change in enumerate(contract.changes)
        if place not in billed and _is_agreed(change, on) and change.amount.is_positive
    ]


def _is_agreed(change: contracting.PastChange, on: date) -> bool:
    return change.is_approved and change.decided_on is not None and change.decided_on <= on


def _change_lines(
    contract: contracting.PastContract, places: Sequence[int]
) -> Iterator[invoicing.InvoiceLine]:
    for place in places:
        change = contract.changes[place]
        yield invoicing.InvoiceLine(
            description=f"Change order {place + 1}: {change.reason}",
            quantity=Decimal(1),
            unit="lump sum",
            unit_price=change.amount,
        )


def _invoice(
    contract: contracting.PastContract,
    claim: _Claim,
    lines: tuple[invoicing.InvoiceLine, ...],
    series: str,
    chance: Random,
) -> invoicing.PastInvoice:
    due_on = claim.issued_on + timedelta(days=30)
    decided_on = _by_now(claim.issued_on + timedelta(days=chance.randint(4, 16)))
    is_paid = not claim.is_refused and decided_on is not None and chance.random() > 0.03  # noqa: PLR2004
    paid_on = _by_now(due_on + timedelta(days=chance.randint(-9, 6))) if is_paid else None
    return invoicing.PastInvoice(
        id=uuid5(contract.id, f"invoice {claim.place}"),
        number=f"{series}-{claim.place + 1:02}",
        issued_on=claim.issued_on,
        due_on=due_on,
        lines=lines,
        deductions=tuple(_deductions(contract.currency, lines, chance)),
        allowed=_agreed_sum(contract, claim.issued_on),
        decided_on=decided_on,
        rejection_reason=chance.choice(_REFUSALS) if claim.is_refused else "",
        paid_on=paid_on,
        retention_released_on=_released_on(contract, chance) if paid_on else None,
    )


def _agreed_sum(contract: contracting.PastContract, on: date) -> Money:
    items = [item.amount for item in contract.line_items]
    changes = [change.amount for change in contract.changes if _is_agreed(change, on)]
    return Money.sum([*items, *changes], contract.currency)


def _deductions(
    currency: str, lines: Sequence[invoicing.InvoiceLine], chance: Random
) -> Iterator[invoicing.Deduction]:
    if chance.random() > 0.09:  # noqa: PLR2004 - one of eleven
        return
    kind, reason = chance.choice(_DEDUCTIONS)
    gross = Money.sum((line.amount for line in lines), currency)
    amount = gross.times(Decimal(chance.randint(4, 35)).scaleb(-3))
    if amount.is_positive and amount < gross:
        yield invoicing.Deduction(kind=kind, reason=reason, amount=amount)


def _released_on(contract: contracting.PastContract, chance: Random) -> date | None:
    if contract.closed_on is None:
        return None
    return _by_now(contract.closed_on + timedelta(days=chance.randint(20, 75)))


def _by_now(day: date) -> date | None:
    return day if day <= AS_OF else None


def _initials(commission: Commission) -> str:
    words = (word for word in commission.company.split() if word[0].isalpha())
    return "".join(word[0].upper() for word in words)
