"""Asks what 100 components cost at startup, next to the same 100 plain Django apps."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks.figures import Figure, figure_of_pairs

APPS = 100
ASKED = 1 / 1.1
"""Under 10 % more than the peer."""

REPOSITORY = Path(__file__).resolve().parent.parent

MODELS = """\
from uuid import uuid4

from django.db import models


class {name}Row(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid4)
    number = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    version = models.PositiveIntegerField(default=0)


class {name}LineRow(models.Model):
    parent = models.ForeignKey({name}Row, on_delete=models.CASCADE, related_name="lines")
    position = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=12, decimal_places=2)
"""
CONFIG = """\
from {module} import {base}


class {name}Config({base}):
    name = "{label}"
"""
SETTINGS = """\
SECRET_KEY = "for-a-benchmark"
USE_TZ = True
INSTALLED_APPS = {apps!r}
DATABASES = {{"default": {{"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}}}
DATABASE_ROUTERS = {routers!r}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
"""
DJANGO_APPS = ["django.contrib.contenttypes", "django.contrib.auth"]


def measure(*, quick: bool) -> list[Figure]:
    """Start both projects in turn, each in a process of its own, and compare the medians."""
    with tempfile.TemporaryDirectory() as folder:
        ours = write_components(Path(folder, "ours"))
        peer = write_plain_apps(Path(folder, "peer"))
        pairs = alternate(
            start_command("import bulkhead, django; django.setup()", ours),
            start_command("import django; django.setup()", peer),
            pairs=5 if quick else 31,
        )
    return [
        figure_of_pairs(
            f"startup of {APPS} components",
            pairs,
            peer_name=f"{APPS} plain apps",
            unit="ms",
            asked=ASKED,
        )
    ]


def write_components(folder: Path) -> Path:
    """Write a project of components that hold nothing but their rows."""
    for label, name in _names():
        _write(folder / label / "__init__.py", "")
        config = CONFIG.format(
            module="bulkhead.components", base="ComponentConfig", name=name, label=label
        )
        _write(folder / label / "apps.py", config)
        _write(folder / label / "db" / "__init__.py", "")
        _write(folder / label / "db" / "models.py", MODELS.format(name=name))
    apps = ["bulkhead", *DJANGO_APPS, *(label for label, _ in _names())]
    routers = ["bulkhead.routers.ComponentRouter"]
    _write(folder / "settings.py", SETTINGS.format(apps=apps, routers=routers))
    return folder


def write_plain_apps(folder: Path) -> Path:
    """Write a project of the same apps, as `startapp` lays them out."""
    for label, name in _names():
        _write(folder / label / "__init__.py", "")
        config = CONFIG.format(module="django.apps", base="AppConfig", name=name, label=label)
        _write(folder / label / "apps.py", config)
        _write(folder / label / "models.py", MODELS.format(name=name))
    apps = [*DJANGO_APPS, *(label for label, _ in _names())]
    _write(folder / "settings.py", SETTINGS.format(apps=apps, routers=[]))
    return folder


def start_command(code: str, folder: Path) -> tuple[Sequence[str], Mapping[str, str]]:
    """Return the command that runs code in a project, and its environment."""
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "settings",
        "PYTHONPATH": os.pathsep.join([str(folder), str(REPOSITORY)]),
    }
    return [sys.executable, "-c", code], environment


def alternate(
    ours: tuple[Sequence[str], Mapping[str, str]],
    peer: tuple[Sequence[str], Mapping[str, str]],
    *,
    pairs: int,
) -> list[tuple[float, float]]:
    """Return pairs of processor times in milliseconds, without the first, which writes bytecode.

    Each command goes first in every other pair.
    """
    _time(*ours)
    _time(*peer)
    times = []
    for number in range(pairs):
        if number % 2:
            of_peer, of_ours = _time(*peer), _time(*ours)
        else:
            of_ours, of_peer = _time(*ours), _time(*peer)
        times.append((of_ours, of_peer))
    return times


def _time(command: Sequence[str], environment: Mapping[str, str]) -> float:
    begun = _processor_seconds()
    subprocess.run(command, env=environment, check=True)  # noqa: S603 - this Python, our code
    return (_processor_seconds() - begun) * 1000


def _processor_seconds() -> float:
    """Return what processes that have ended took of the processors, waiting excluded."""
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    return spent.ru_utime + spent.ru_stime


def _names() -> list[tuple[str, str]]:
    return [(f"part{number:03}", f"Part{number:03}") for number in range(APPS)]


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
