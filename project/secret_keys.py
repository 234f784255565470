"""The secret key of a project that got none from its environment."""

from __future__ import annotations

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key


def kept_secret_key(path: Path) -> str:
    """Return the key in this file; of several processes that find none, one writes it."""
    try:
        return _kept(path)
    except OSError as error:
        msg = (
            f"The secret key can't be kept in {path}: {error.strerror}. "
            f"Name a folder that can be written by VAR_DIR, or set SECRET_KEY."
        )
        raise ImproperlyConfigured(msg) from error


def _kept(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        draft.touch(mode=0o600)
        draft.write_text(get_random_secret_key() + get_random_secret_key())
        try:
            path.hardlink_to(draft)  # whole at once, and never over another's
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
