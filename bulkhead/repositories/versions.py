"""Versions that know whose they are."""

from __future__ import annotations

from typing import Any, Self


class AskedVersion(int):
    """A version that somebody outside was shown, with the aggregate that it was shown for.

    A repository takes it as `version`, and refuses it for every other aggregate.
    """

    aggregate: type
    key: str | None
    """The stored key as text; None where any version of any key will do."""

    def __new__(cls, version: int, *, aggregate: type, key: str | None) -> Self:
        """Take the version, and whose it is."""
        made = super().__new__(cls, version)
        made.aggregate = aggregate
        made.key = key
        return made

    def __getnewargs_ex__(self) -> tuple[tuple[int], dict[str, Any]]:
        """Return what copies and pickles are made of."""
        return (int(self),), {"aggregate": self.aggregate, "key": self.key}

    @classmethod
    def any_of(cls, aggregate: type) -> Self:
        """Return what stands for whichever version there is; as a number it is none."""
        return cls(-1, aggregate=aggregate, key=None)
