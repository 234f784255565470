"""What an invoice refuses."""

from __future__ import annotations

from datetime import date

from components.shared_kernel.money import Money


class WrongInvoiceStatusError(Exception):
    """An invoice was to do what it can do in another status alone."""

    def __init__(self, number: str, *, status: str, needed: str) -> None:
        super().__init__(
            f"Invoice {number} is {status}, and this is possible only while it is {needed}."
        )
        self.number = number
        self.status = status
        self.needed = needed


class EmptyInvoiceError(Exception):
    """An invoice without lines was submitted."""

    def __init__(self, number: str) -> None:
        super().__init__(f"Invoice {number} has no lines. Say what was done, and at which price.")
        self.number = number


class NothingToPayError(Exception):
    """The deductions leave nothing of an invoice."""

    def __init__(self, number: str, total: Money) -> None:
        super().__init__(
            f"Invoice {number} comes to {total}, which leaves nothing to pay. "
            f"Correct its lines or its deductions."
        )
        self.number = number
        self.total = total


class DeductionNotPositiveError(Exception):
    """A deduction was to take nothing off, or to add something."""

    def __init__(self, number: str, amount: Money) -> None:
        super().__init__(
            f"Invoice {number} has a deduction of {amount}, and a deduction takes something off. "
            f"What is added to an invoice is a line."
        )
        self.number = number
        self.amount = amount


class DueBeforeIssuedError(Exception):
    """An invoice was to be paid before it was written."""

    def __init__(self, number: str, *, issued_on: date, due_on: date) -> None:
        super().__init__(
            f"Invoice {number} is due on {due_on}, before it was issued on {issued_on}."
        )
        self.number = number
        self.issued_on = issued_on
        self.due_on = due_on


class ForeignCurrencyError(Exception):
    """An amount is of another currency than its invoice."""

    def __init__(self, number: str, currency: str, given: Money) -> None:
        super().__init__(f"Invoice {number} is in {currency}, and can't take over {given}.")
        self.number = number
        self.currency = currency
        self.given = given


class NoReasonError(Exception):
    """An invoice was to be rejected without a word."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"Invoice {number} is not rejected without a reason. Say what has to be corrected."
        )
        self.number = number


class RetentionReleasedError(Exception):
    """A retention was to be released a second time."""

    def __init__(self, number: str, released_on: date) -> None:
        super().__init__(
            f"The retention of invoice {number} was released on {released_on}, "
            f"and is released once."
        )
        self.number = number
        self.released_on = released_on


class InvoiceNumberTakenError(Exception):
    """An invoice was to bear the number of another one under the same contract."""

    def __init__(self, number: str) -> None:
        super().__init__(
            f"There is an invoice {number} under this contract already. Choose another number."
        )
        self.number = number
