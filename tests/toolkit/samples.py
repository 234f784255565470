"""Sets sail in a sample: copies it over the sound ship, and lets Django run with what is there."""

from __future__ import annotations

import importlib
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.apps import apps
from django.core.checks import run_checks
from django.test import override_settings

SAMPLES = Path(__file__).resolve().parents[1] / "samples"
SHIP = SAMPLES / "ship"
PACKAGES = ("bridge", "cargo", "hold")
_SUBJECTS = re.compile(r"bulkhead\.[EW]0([02]\d|80)")
"""Packages, dependencies, relations, plain transactions; and names in BULKHEAD."""


def samples_of(subject: str) -> list[Path]:
    """Return the samples about one subject, each a folder with what differs from the ship."""
    return sorted(folder for folder in (SAMPLES / subject).iterdir() if folder.is_dir())


def build(target: Path, sample: Path = SHIP) -> Path:
    """Write the ship, changed as the sample has it, and return its folder."""
    without_report = shutil.ignore_patterns("expected.txt", "__pycache__")
    shutil.copytree(SHIP, target, dirs_exist_ok=True, ignore=without_report)
    shutil.copytree(sample, target, dirs_exist_ok=True, ignore=without_report)
    return target


@contextmanager
def aboard(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Let Django run with the apps and BULKHEAD of a ship, from its folder."""
    known = {label: set(models) for label, models in apps.all_models.items()}
    monkeypatch.chdir(folder)
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    _forget_modules()
    settings = importlib.import_module("bridge.settings")
    own = override_settings(
        INSTALLED_APPS=settings.INSTALLED_APPS,
        BULKHEAD=getattr(settings, "BULKHEAD", {}),
        ROOT_URLCONF="bridge.urls",
    )
    try:
        with own:
            yield
    finally:
        _forget_modules()
        _forget_models(known)
        apps.clear_cache()


def messages_of_checks() -> str:
    """Return what checks say of what a sample can hold, as `manage.py check` prints it, sorted.

    The databases, the URLs and the like are those of the tests, not of the sample.
    """
    messages = run_checks(tags=["bulkhead", "models"], databases=[])
    ours = [str(message) for message in messages if _SUBJECTS.fullmatch(str(message.id))]
    return "".join(f"{message}\n" for message in sorted(ours))


def environment() -> dict[str, str]:
    """Return the environment for a process that runs in a ship of its own."""
    inherited = {name: value for name, value in os.environ.items() if name != _SETTINGS}
    repository = str(SAMPLES.parents[1])
    return {**inherited, "PYTHONPATH": repository, "PYTHONDONTWRITEBYTECODE": "1"}


_SETTINGS = "DJANGO_SETTINGS_MODULE"


def _forget_models(known: Mapping[str, set[str]]) -> None:
    """Leave no model but these; a label may be there already, without models."""
    for label, models in list(apps.all_models.items()):
        for name in set(models) - known.get(label, set()):
            del models[name]
        if label not in known:
            del apps.all_models[label]


def _forget_modules() -> None:
    for name in list(sys.modules):
        if name.partition(".")[0] in PACKAGES:
            del sys.modules[name]
    importlib.invalidate_caches()
