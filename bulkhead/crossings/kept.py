"""Files in the user's cache: written whole or not at all, and never missed."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "BULKHEAD_CACHE"


def cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """Return where Bulkhead keeps what it can make again; never a folder of the project."""
    if own := environ.get(VARIABLE):
        return Path(own)
    return _users_caches(environ) / "bulkhead"


def keep(file: Path, content: bytes) -> None:
    """Write a file of the cache; one that can't be written is made again the next time."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".new-")
    except OSError:
        return
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
        new.replace(file)
    except OSError:
        new.unlink(missing_ok=True)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def kept(file: Path) -> bytes | None:
    """Return a file of the cache, None where there is none."""
    try:
        return file.read_bytes()
    except OSError:
        return None


def _users_caches(environ: Mapping[str, str]) -> Path:
    if named := environ.get("XDG_CACHE_HOME"):
        return Path(named)
    if sys.platform == "win32" and (local := environ.get("LOCALAPPDATA")):
        return Path(local)
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches"
    return Path.home() / ".cache"
