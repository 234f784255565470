"""Starts a project, and prints what only a started project knows, as JSON."""

from __future__ import annotations

import json
import os
import platform
import sys
from collections.abc import Callable
from functools import partial
from operator import itemgetter
from typing import Any, NoReturn

from .models import model
from .starting import VARIABLE, explained, start
from .templates import tag_libraries, template_folders
from .texts import settings_paths
from .urls import urls
from .values import dotted, plain

BEGIN = "<<<bulkhead:"
END = ":bulkhead>>>"
DECLARED = ("depends_on", "depends_on_legacy", "seals", "owner")


def main() -> NoReturn:
    """Print the answer, and end at once: whatever the project has running is left where it is.

    Arguments: the project's folder, and the settings, empty to take what `manage.py` takes.
    """
    stdout = os.dup(1)
    os.dup2(2, 1)  # what the project prints is not the answer
    folder, settings = sys.argv[1:]
    sys.path.insert(0, folder)
    answer = ask(folder, settings)
    with os.fdopen(stdout, "w", encoding="ascii") as stream:
        stream.write(BEGIN + json.dumps(answer) + END)
    os._exit(0)


def ask(folder: str, settings: str) -> dict[str, Any]:
    """Start the project, and return what it knows; where it doesn't start, why, and its apps."""
    try:
        start(folder, settings)
    except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a project raises
        return {**as_far_as_its_apps(), "failure": explained(error, folder)}
    return gathered()


def as_far_as_its_apps() -> dict[str, Any]:
    """Return what is known of a project whose models can't be imported, or less."""
    known: dict[str, Any] = {
        "python": platform.python_version(),
        "search_path": sys.path,
        "settings_module": os.environ.get(VARIABLE, ""),
    }
    try:
        import django  # noqa: PLC0415
        from django.apps import apps  # noqa: PLC0415
        from django.conf import settings  # noqa: PLC0415

        known["django"] = django.get_version()
        if apps.apps_ready:
            known["apps"] = [app(config) for config in apps.get_app_configs()]
        if settings.configured:
            known["bulkhead"] = plain(getattr(settings, "BULKHEAD", {}))
    except (Exception, SystemExit):  # noqa: BLE001, S110 - what made the start fail
        pass
    return known


def gathered() -> dict[str, Any]:
    """Return all that a started project knows, for StartedProject."""
    from django.apps import apps  # noqa: PLC0415
    from django.conf import settings  # noqa: PLC0415

    questions = Questions()
    models = [
        questions.ask(f"the model {one._meta.label}", partial(model, one))
        for one in apps.get_models(include_auto_created=True, include_swapped=True)
    ]
    return {
        **as_far_as_its_apps(),
        "user_model": settings.AUTH_USER_MODEL,
        "models": sorted(filter(None, models), key=itemgetter("label")),
        "urls": questions.ask("the names of URLs", urls) or [],
        "template_folders": questions.ask("the folders of templates", template_folders) or [],
        "tag_libraries": questions.ask("the libraries of template tags", tag_libraries) or {},
        "settings_paths": questions.ask("the dotted paths in settings", settings_paths) or [],
        "problems": questions.problems,
    }


class Questions:
    """Asks one thing after the other: what can't be told of one leaves the others answered."""

    def __init__(self) -> None:
        self.problems: list[dict[str, str]] = []

    def ask(self, about: str, question: Callable[[], Any]) -> Any:
        """Return the answer, or None."""
        try:
            return question()
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever a project raises
            self.problems.append({"about": about, **explained(error, os.getcwd())})  # noqa: PTH109
            return None


def app(config: Any) -> dict[str, Any]:
    """Return an app, and where it is a component, what it declares."""
    bases = [dotted(base) for base in type(config).__mro__]
    is_component = "bulkhead.components.ComponentConfig" in bases
    return {
        "label": config.label,
        "package": config.name,
        "path": str(config.path),
        "is_component": is_component,
        "declared": {name: plain(getattr(config, name)) for name in DECLARED if is_component},
    }
