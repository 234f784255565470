"""Output of Django's commands, made to tell the truth about one database."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.core.management.base import OutputWrapper

_LISTED_APPS = re.compile(
    r"(?P<head>(?:Apply all migrations|Synchronize unmigrated apps): (?:\x1b\[0m)?)"
    r"(?P<apps>[\w, ]+)$"
)
_PLANNED_MIGRATION = re.compile(r"^\[[X ]\]  (?P<app>\w+)\.")


class RewrittenOutput(OutputWrapper):
    """Writes each message as it is rewritten, and none that is rewritten to None."""

    def __init__(self, output: OutputWrapper, rewrite: Callable[[str], str | None]) -> None:
        super().__init__(output._out, output.ending)  # type: ignore[arg-type]
        self.style_func = output.style_func
        self.rewrite = rewrite

    def write(  # type: ignore[override]  # as OutputWrapper has it
        self,
        msg: str = "",
        style_func: Callable[[str], str] | None = None,
        ending: str | None = None,
    ) -> None:
        """Write the message, rewritten."""
        text = self.rewrite(str(msg))
        if text is not None:
            super().write(text, style_func, ending)


def naming_only(labels: frozenset[str]) -> Callable[[str], str]:
    """Return what leaves other apps out of the list that `migrate` begins with."""

    def keep(found: re.Match[str]) -> str:
        names = [name for name in found["apps"].split(", ") if name in labels]
        return found["head"] + (", ".join(names) or "(none)")

    return lambda message: _LISTED_APPS.sub(keep, message)


def planning_only(labels: frozenset[str]) -> Callable[[str], str | None]:
    """Return what leaves out other apps' lines in what `showmigrations --plan` prints."""

    def rewrite(message: str) -> str | None:
        found = _PLANNED_MIGRATION.match(message)
        return message if found is None or found["app"] in labels else None

    return rewrite
