"""What an action has done to which rows, told when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING, Any, Self

from django.contrib import messages
from django.contrib.admin.utils import model_ngettext
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

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
                told = {"row": shown, "reason": error.told}
                self._tell(_("%(row)s is left as it was. %(reason)s") % told, messages.ERROR)
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
            told = ngettext(
                "%(count)d %(rows)s more left as it was.",
                "%(count)d %(rows)s more left as they were.",
                more,
            )
            self._tell(told % self._rows(more), messages.ERROR)
        if self.done:
            told = ngettext(
                "done for %(count)d %(rows)s.", "done for %(count)d %(rows)s.", self.done
            )
            self._tell(told % self._rows(self.done), messages.SUCCESS)

    def _rows(self, count: int) -> dict[str, object]:
        return {"count": count, "rows": model_ngettext(self.model_admin.opts, count)}

    def _tell(self, told: str, level: int) -> None:
        both = {"action": self.label, "outcome": told}
        self.model_admin.message_user(self.request, _("%(action)s: %(outcome)s") % both, level)
