"""What is left to do once a component has been written."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from django.apps import apps
from django.conf import settings

from bulkhead.components import installed_components
from bulkhead.scaffold.starting import StartedComponent

_ROUTER = "bulkhead.routers.ComponentRouter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A sentence, and the lines to write or the command to run."""

    text: str
    lines: tuple[str, ...]


def next_steps(started: StartedComponent) -> list[Step]:
    """Return the steps from a fresh component to its first test, without those already done."""
    layers = {layer.name for layer in started.layers}
    return [
        *_settings(started, has_rows="db" in layers),
        *(_mounting() if "api" in layers else ()),
        *(_migrating(started.names.label) if "db" in layers else ()),
        *_testing(started.tests),
    ]


def from_here(place: Path) -> str:
    """Return a path as one writes it in the folder that the command runs in."""
    return os.path.relpath(place)


def _settings(started: StartedComponent, *, has_rows: bool) -> Iterator[Step]:
    label = started.names.label
    yield Step(
        text="Add it to INSTALLED_APPS in the settings:",
        lines=(f'"{started.names.package}",',),
    )
    if not has_rows:
        return
    if _ROUTER not in settings.DATABASE_ROUTERS:
        yield Step(
            text="Send each component's rows to its database, in the settings:",
            lines=(f'DATABASE_ROUTERS = ["{_ROUTER}"]',),
        )
    yield Step(
        text="Give it a database of its own, in the settings; left out, it lives in `default`:",
        lines=(
            "from bulkhead.databases import databases",
            f'DATABASES = databases({_labels(label)}, directory=BASE_DIR / "var")',
        ),
    )


def _labels(new: str) -> str:
    own = [part.label for part in installed_components() if part.label in settings.DATABASES]
    return ", ".join(f'"{label}"' for label in [*own, new])


def _mounting() -> Iterator[Step]:
    if find_spec("ninja") is None:
        yield Step(
            text="Install what endpoints need:",
            lines=("python -m pip install 'django-bulkhead[api]'",),
        )
    if not apps.is_installed("ninja"):
        yield Step(
            text="Add what brings the files of the docs page to INSTALLED_APPS:",
            lines=('"ninja",',),
        )
    yield Step(
        text="Mount the endpoints of all components, once, in the project's urls.py:",
        lines=(
            "from bulkhead.api import component_api",
            'path("api/", component_api(title="...").urls),',
        ),
    )


def _migrating(label: str) -> Iterator[Step]:
    yield Step(
        text="Make its first migration, and run it:",
        lines=(f"python manage.py makemigrations {label}", "python manage.py migrate"),
    )


def _testing(tests: Path) -> Iterator[Step]:
    if find_spec("pytest_django") is None:
        yield Step(
            text="Install what its tests need:",
            lines=("python -m pip install 'django-bulkhead[testing]'",),
        )
    module = settings.SETTINGS_MODULE
    yield Step(text="Run its tests:", lines=(f"python -m pytest --ds={module} {from_here(tests)}",))
