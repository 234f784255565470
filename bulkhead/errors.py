"""The base of Bulkhead's errors, and what several rooms raise."""

from __future__ import annotations

from collections.abc import Iterable


class BulkheadError(Exception):
    """Anything that Bulkhead refuses."""


class UnknownComponentError(BulkheadError, LookupError):
    """No installed component has this label."""

    def __init__(self, label: str, *, installed: Iterable[str]) -> None:
        super().__init__(
            f"No component is labelled {label!r}. Installed components: {listed(installed)}. "
            f"Check the spelling, or add the component to INSTALLED_APPS."
        )
        self.label = label


class StaleAggregateError(BulkheadError):
    """Somebody else changed or removed this aggregate since it was read."""

    def __init__(
        self,
        aggregate: str,
        key: object,
        *,
        expected: int | None,
        found: int | None,
        asked_for: bool = False,
    ) -> None:
        """Take the versions: the one held, and the one stored (None where it can't be told).

        `asked_for` says that the caller named the expected version: reading again can't help.
        """
        now = "has moved on since" if found is None else f"is at version {found} now"
        if asked_for:
            was = f"was asked for at version {expected}"
            advice = "Show what is there now, and let the caller decide anew."
        else:
            was = _as_read(expected)
            advice = (
                "Load it again, and repeat the change on what is there now; "
                "@transactional(retry=3) does so by itself."
            )
        super().__init__(f"{aggregate} {key} {was}, and {now}. {advice}")
        self.aggregate = aggregate
        self.key = key
        self.expected = expected
        self.found = found
        self.asked_for = asked_for


class MissingExtraError(BulkheadError, ImportError):
    """A part of Bulkhead was used without the packages that it needs."""

    def __init__(self, part: str, *, package: str, extra: str) -> None:
        super().__init__(
            f"{part} needs {package}, which is not installed. "
            f"Install it with: pip install 'django-bulkhead[{extra}]'"
        )
        self.extra = extra


def _as_read(version: int | None) -> str:
    return "has no version to compare" if version is None else f"was read at version {version}"


def listed(names: Iterable[str]) -> str:
    """Return names as a sorted list for a message, "none" where there is none."""
    return ", ".join(sorted(names)) or "none"
