"""What an action has done to which rows, told when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Self

from django.contrib import messages
from django.contrib.admin.utils import model_ngettext

from bulkhead.admin.refusals import RefusedError, refusing

if TYPE_CHECKING:
    from types import TracebackType

    from django.contrib.admin import ModelAdmin
    from django.db.models import Model
    from django.http import HttpRequest

MOST_TOLD = 20
"""How many refused rows are told one by one: nobody reads more, and a cookie holds no more."""


class Outcome(AbstractContextManager["Outcome"]):
    """Counts the rows that are done, and tells those that are refused; also after a bug."""

    def __init__(self, model_admin: ModelAdmin[Any], request: HttpRequest, *, label: str) -> None:
        self.model_admin = model_admin
        self.request = request
        self.label = label
        self.done = 0
        self.refused = 0

    def __enter__(self) -> Self:
        """Begin to count."""
        return self

    @contextmanager
    def of(self, row: Model) -> Iterator[None]:
        """Count one row as done, or tell why it is left as it was."""
        shown = str(row)
        try:
            with refusing():
                yield
        except RefusedError as error:
            self.refused += 1
            if self.refused <= MOST_TOLD:
                self._tell(f"{shown} is left as it was. {error.told}", messages.ERROR)
        else:
            self.done += 1

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Tell how many are done, and how many more are not."""
        if self.refused > MOST_TOLD:
            more = self.refused - MOST_TOLD
            self._tell(f"{self._rows(more)} more left as they were.", messages.ERROR)
        if self.done:
            self._tell(f"done for {self._rows(self.done)}.", messages.SUCCESS)

    def _rows(self, count: int) -> str:
        return f"{count} {model_ngettext(self.model_admin.opts, count)}"

    def _tell(self, told: str, level: int) -> None:
        self.model_admin.message_user(self.request, f"{self.label}: {told}", level)
