"""The renames of modules that git knows of, since the ledger was last written."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath

from bulkhead.crossings.ledger import Gone, Ledger, Moved
from bulkhead.crossings.ledger_lines import Entry, Key
from bulkhead.crossings.records import Crossing, Verdict

_SECONDS = 20


def follow_renames(
    ledger: Ledger,
    crossings: Iterable[Crossing],
    gone: Iterable[Gone],
    *,
    modules: Mapping[str, str],
    base: Path,
) -> Ledger:
    """Return the ledger with those entries moved whose files git has seen renamed.

    `modules` has the name of each file's module, `base` the folder that files are relative to.
    Git is asked only where something is gone and something is new; without git none has moved.
    """
    new = {one.key for one in crossings if one.verdict is Verdict.NEW}
    lost = [one.entry for one in gone if one.found == 0]
    if not new or not lost:
        return ledger
    moved: list[Moved] = []
    for file in sorted({entry.file for entry in lost}):
        renamed = _with_packages(dict(_renamed_modules(file, modules, base)))
        moved.extend(_moved([entry for entry in lost if entry.file == file], renamed, new))
    return ledger.followed(moved)


def _moved(lost: list[Entry], renamed: Mapping[str, str], new: set[Key]) -> Iterator[Moved]:
    for entry in lost:
        module = renamed.get(entry.module, entry.module)
        symbol = _renamed_symbol(entry.symbol, renamed)
        key = (entry.kind, module, symbol)
        if key != entry.key and key in new:
            yield Moved(entry=entry, key=key)


def _with_packages(renamed: Mapping[str, str]) -> dict[str, str]:
    """Return the renames with those of the packages around: `a.b.c` to `a.d.c` moves `a.b`."""
    found = dict(renamed)
    for old, new in sorted(renamed.items()):
        for package, renamed_package in _around(old, new):
            found.setdefault(package, renamed_package)
    return found


def _around(old: str, new: str) -> Iterator[tuple[str, str]]:
    """Yield both names without the last parts that they share."""
    olds, news = old.split("."), new.split(".")
    while olds and news and olds[-1] == news[-1]:
        olds.pop()
        news.pop()
        if olds and news and olds != news:
            yield ".".join(olds), ".".join(news)


def _renamed_symbol(symbol: str, renamed: Mapping[str, str]) -> str:
    package, colon, name = symbol.partition(":")
    if colon:
        return f"{renamed.get(package, package)}:{name}"
    module, rest = symbol, ""
    while module:
        if module in renamed:
            return renamed[module] + rest
        module, dot, last = module.rpartition(".")
        rest = f"{dot}{last}{rest}"
    return symbol


def _renamed_modules(
    ledger: Path, modules: Mapping[str, str], base: Path
) -> Iterator[tuple[str, str]]:
    """Yield the old and the new name of each module whose file was renamed."""
    for old, new in _renamed_files(ledger, base):
        if (module := modules.get(new)) is not None:
            yield _module_of(old, like=new, module=module), module


def _module_of(old: str, *, like: str, module: str) -> str:
    """Return the dotted name that a file had, from what it has in its new place."""
    depth = len(_dotted(like).split(".")) - len(module.split("."))
    return ".".join(_dotted(old).split(".")[depth:])


def _dotted(file: str) -> str:
    path = PurePosixPath(file).with_suffix("")
    return ".".join(path.parent.parts if path.name == "__init__" else path.parts)


def _renamed_files(ledger: Path, base: Path) -> Iterator[tuple[str, str]]:
    """Yield old and new names, since the last commit that touched this file of the ledger."""
    commit = _git(base, "log", "-1", "--format=%H", "--", str(ledger)).strip() or "HEAD"
    options = ("--relative", "--find-renames", "--diff-filter=R", "--name-status", "-z")
    said = _git(base, "diff", *options, commit, "--", "*.py").split("\0")
    for place, word in enumerate(said):
        if word.startswith("R") and word[1:].isdigit() and len(said) > place + 2:
            yield said[place + 1], said[place + 2]


def _git(base: Path, *arguments: str) -> str:
    """Return what git says, nothing where there is no git or no repository."""
    environment = {**os.environ, "GIT_OPTIONAL_LOCKS": "0", "LC_ALL": "C"}
    command = ["git", "-C", str(base), *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - git of the user's own path, and no shell
            command, capture_output=True, check=False, timeout=_SECONDS, env=environment
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.decode(errors="replace") if done.returncode == 0 else ""
