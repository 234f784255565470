"""Which app gives a command: the earlier one in INSTALLED_APPS."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from django.apps import AppConfig, apps
from django.core.management import find_commands
from django.core.management.base import BaseCommand

BULKHEAD = "bulkhead"


def command_after_bulkhead(name: str) -> type[BaseCommand]:
    """Return the class that a command has without Bulkhead: the next app's, or Django's."""
    app_names = (app.name for app in _apps_after_bulkhead() if name in commands_of(app))
    app_name = next(app_names, "django.core")
    return command_class(app_name, name)


def command_class(app_name: str, name: str) -> type[BaseCommand]:
    """Return the class of an app's command."""
    module = import_module(f"{app_name}.management.commands.{name}")
    command: type[BaseCommand] = module.Command
    return command


def commands_of(app_config: AppConfig) -> frozenset[str]:
    """Return the names of the commands that an app brings."""
    return frozenset(find_commands(str(Path(app_config.path) / "management")))


def apps_before_bulkhead() -> list[AppConfig]:
    """Return the apps whose commands win over Bulkhead's."""
    configs = list(apps.get_app_configs())
    places = [place for place, config in enumerate(configs) if config.name == BULKHEAD]
    return configs[: places[0]] if places else []


def _apps_after_bulkhead() -> Iterator[AppConfig]:
    before = {config.name for config in apps_before_bulkhead()}
    for config in apps.get_app_configs():
        if config.name not in before and config.name != BULKHEAD:
            yield config
