"""An amount of money, exact to the smallest unit of its currency."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal, Inexact, InvalidOperation
from functools import total_ordering
from typing import Self

from components.shared_kernel.currencies import minor_unit

SUM_LIMIT = 10**15
"""Every amount has fewer coins than this: SQLite keeps 15 digits of a decimal."""

LINE_LIMIT = 10**12
"""One line of a document has fewer coins than this, so that a sum of many is no problem."""

_EXACT = Context(prec=38, traps=[Inexact, InvalidOperation])
_ROUNDED = Context(prec=38, rounding=ROUND_HALF_UP, traps=[InvalidOperation])


class MixedCurrenciesError(ValueError):
    """Two amounts of different currencies were to be added or compared."""

    def __init__(self, one: str, other: str) -> None:
        super().__init__(
            f"{one} and {other} can't be added or compared. Convert one of them first."
        )
        self.currencies = (one, other)


class InexactAmountError(ValueError):
    """An amount is finer than its currency is divided, or is no finite number."""

    def __init__(self, amount: Decimal, currency: str) -> None:
        super().__init__(
            f"{amount} is no exact amount of {currency}, whose smallest unit is "
            f"{minor_unit(currency)}. Say how to round it: Money.rounded({str(amount)!r}, "
            f"{currency!r}) rounds halves up."
        )
        self.amount = amount
        self.currency = currency


class AmountTooLargeError(ValueError):
    """An amount is larger than a document may say, or than every database keeps exactly."""

    def __init__(self, amount: Decimal, currency: str, *, limit: Decimal) -> None:
        super().__init__(
            f"{amount:,f} {currency} is too large; amounts stay below {limit:,f} {currency}. "
            f"Check the figure, or divide it."
        )
        self.amount = amount
        self.currency = currency
        self.limit = limit


@total_ordering
@dataclass(frozen=True, slots=True)
class Money:
    """An exact amount: whole units of the smallest coin, of one currency.

    Nothing is rounded unless a method says so, and then halves go up, away from zero: that is how
    the one who gets an invoice checks it with a pocket calculator.
    Each line of a document is rounded, and its sums are sums of rounded lines, so that what is
    printed adds up.
    """

    amount: Decimal
    currency: str

    def __post_init__(self) -> None:
        """Bring the amount to the digits of its currency, and refuse what does not fit in them."""
        unit = minor_unit(self.currency)
        _require_decimal(self.amount)
        if not self.amount.is_finite():
            raise InexactAmountError(self.amount, self.currency)
        try:
            exact = self.amount.quantize(unit, context=_EXACT)
        except (Inexact, InvalidOperation):
            raise InexactAmountError(self.amount, self.currency) from None
        _require_below(SUM_LIMIT, exact, self.currency)
        object.__setattr__(self, "amount", exact + 0)  # there is no negative zero

    @classmethod
    def of(cls, amount: str | int, currency: str) -> Self:
        """Return an exact amount: `Money.of("12.50", "EUR")`."""
        return cls(Decimal(amount), currency)

    @classmethod
    def rounded(cls, amount: Decimal | str | int, currency: str) -> Self:
        """Return the nearest amount that the currency has, halves up."""
        _require_no_float(amount)
        return cls(Decimal(amount).quantize(minor_unit(currency), context=_ROUNDED), currency)

    @classmethod
    def zero(cls, currency: str) -> Self:
        """Return nothing, of this currency."""
        return cls(Decimal(0), currency)

    @classmethod
    def sum(cls, amounts: Iterable[Money], currency: str) -> Self:
        """Return the sum, which is zero of this currency where there is nothing to add."""
        total = Decimal(0)
        for money in amounts:
            if money.currency != currency:
                raise MixedCurrenciesError(currency, money.currency)
            total += money.amount
        return cls(total, currency)

    @property
    def unbroken(self) -> str:
        """It as a page shows it: with a true minus, never broken into two lines."""
        return str(self).replace("-", "\N{MINUS SIGN}").replace(" ", "\N{NO-BREAK SPACE}")

    @property
    def is_zero(self) -> bool:
        """Whether it is nothing."""
        return not self.amount

    @property
    def is_negative(self) -> bool:
        """Whether it is less than nothing."""
        return self.amount < 0

    @property
    def is_positive(self) -> bool:
        """Whether it is more than nothing."""
        return self.amount > 0

    def times(self, factor: Decimal | int) -> Self:
        """Return so many times this amount, rounded."""
        _require_no_float(factor)
        return self.rounded(_ROUNDED.multiply(self.amount, factor), self.currency)

    def percent(self, rate: Decimal | int) -> Self:
        """Return this percentage of the amount, rounded: `percent(5)` is a twentieth."""
        _require_no_float(rate)
        return self.times(_ROUNDED.scaleb(rate, -2))

    def split(self, parts: int) -> tuple[Self, ...]:
        """Return so many parts that differ by one smallest unit at most, the larger ones first."""
        return self.allocate([1] * parts)

    def allocate(self, weights: Sequence[int | Decimal]) -> tuple[Self, ...]:
        """Return parts in proportion to the weights that add up to this amount exactly.

        What rounding down leaves over goes, unit by unit, to the parts that lost most by it, and
        to the first of those that lost the same.
        """
        whole = sum(weights, Decimal(0))
        if whole <= 0 or any(weight < 0 for weight in weights):
            listed = ", ".join(map(str, weights)) or "none"
            msg = f"Weights are at least 0 and not all 0, and these are: {listed}."
            raise ValueError(msg)
        unit = minor_unit(self.currency)
        sign = -1 if self.is_negative else 1
        coins = abs(int(self.amount / unit))
        shares = [divmod(coins * Decimal(weight), whole) for weight in weights]
        left = coins - int(sum(share for share, _ in shares))
        first_served = sorted(range(len(shares)), key=lambda place: (-shares[place][1], place))
        lucky = set(first_served[:left])
        return tuple(
            type(self)(sign * unit * (int(share) + (place in lucky)), self.currency)
            for place, (share, _) in enumerate(shares)
        )

    def __add__(self, other: Money) -> Self:
        """Return the sum."""
        if not isinstance(other, Money):
            return NotImplemented
        return type(self)(self.amount + self._like(other).amount, self.currency)

    def __sub__(self, other: Money) -> Self:
        """Return the difference."""
        if not isinstance(other, Money):
            return NotImplemented
        return type(self)(self.amount - self._like(other).amount, self.currency)

    def __neg__(self) -> Self:
        """Return the same amount with the other sign."""
        return type(self)(-self.amount, self.currency)

    def __lt__(self, other: Money) -> bool:
        """Compare amounts of one currency."""
        if not isinstance(other, Money):
            return NotImplemented
        return self.amount < self._like(other).amount

    def __str__(self) -> str:
        """Return it as a person reads it: 12,500.00 EUR."""
        return f"{self.amount:,f} {self.currency}"

    def _like(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise MixedCurrenciesError(self.currency, other.currency)
        return other


def fit_for_a_line(money: Money) -> Money:
    """Return an amount that one line of a document may say, and raise AmountTooLargeError."""
    _require_below(LINE_LIMIT, money.amount, money.currency)
    return money


def _require_decimal(amount: object) -> None:
    """Refuse a float, whatever the annotation says: its error would become the amount's."""
    if not isinstance(amount, Decimal):
        kind = type(amount).__name__
        msg = f"An amount of money is a Decimal, and {amount!r} is of type {kind}."
        raise TypeError(msg)


def _require_no_float(number: object) -> None:
    """Refuse a float: a Decimal would take its error over, digit by digit."""
    if isinstance(number, float):
        msg = f"Money is computed with a Decimal or an int, and {number!r} is a float."
        raise TypeError(msg)


def _require_below(coins: int, amount: Decimal, currency: str) -> None:
    limit = coins * minor_unit(currency)
    if abs(amount) >= limit:
        raise AmountTooLargeError(amount, currency, limit=limit)
