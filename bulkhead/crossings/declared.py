"""What a project says to Bulkhead: in its settings, and in its `pyproject.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from bulkhead.conf import BulkheadSettings, read_settings
from bulkhead.errors import BulkheadError, listed

FILE = "pyproject.toml"


class UnusableDeclarationError(BulkheadError):
    """What the project says to Bulkhead can't be meant."""


def declared_settings(given: Mapping[str, object], folder: Path) -> BulkheadSettings:
    """Return the setting BULKHEAD, with what the table `tool.bulkhead` adds to it.

    The table has the same names in lower case.
    Raise UnusableDeclarationError where one of both can't be meant, or both say the same thing.
    """
    table = {name.upper(): value for name, value in _table(folder).items()}
    if twice := set(table) & set(given):
        msg = (
            f"{listed(twice)} stands in the setting BULKHEAD, and in [tool.bulkhead] of {FILE}. "
            f"Keep one of the two."
        )
        raise UnusableDeclarationError(msg)
    try:
        read_settings(table)
    except ImproperlyConfigured as error:
        msg = f"[tool.bulkhead] of {FILE}: {error}"
        raise UnusableDeclarationError(msg) from error
    try:
        return read_settings({**given, **table})
    except ImproperlyConfigured as error:
        raise UnusableDeclarationError(str(error)) from error


def _table(folder: Path) -> Mapping[str, Any]:
    file = next((one / FILE for one in (folder, folder.parent) if (one / FILE).is_file()), None)
    if file is None:
        return {}
    try:
        tool = tomllib.loads(file.read_text(encoding="utf-8")).get("tool", {})
    except (OSError, ValueError) as error:
        msg = f"{FILE} can't be read: {error}. Mend it, or move it away."
        raise UnusableDeclarationError(msg) from error
    table: object = tool.get("bulkhead", {})
    if not isinstance(table, Mapping):
        msg = f"tool.bulkhead in {FILE} is {table!r}. Make it a table: [tool.bulkhead]"
        raise UnusableDeclarationError(msg)
    return table
