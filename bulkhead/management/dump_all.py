"""`dumpdata`, for all databases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.management.utils import parse_apps_and_model_labels
from django.db import router
from django.db.models import Model

from bulkhead.errors import listed
from bulkhead.management.destinations import let_database_be_all, refuse, unreachable
from bulkhead.management.homes import (
    EVERYWHERE,
    Homes,
    homes_of_models,
    primary_databases,
    rows_at_home,
)
from bulkhead.management.stray_rows import in_words, stray_rows


class DumpAllDatabases(BaseCommand):
    """Without --database, dumps the rows of every model from the database that it lives in.

    Combine it with another app's command: `class Command(DumpAllDatabases, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Let --database be left out, for all."""
        super().add_arguments(parser)
        let_database_be_all(parser, instead="Dumps from this database alone.")

    def handle(self, *app_labels: str, **options: Any) -> None:
        """Dump from one database, or all of them as if they were one."""
        if alias := options["database"]:
            _refuse_what_is_elsewhere(app_labels, alias)
            super().handle(*app_labels, **options)
            return
        with rows_at_home() as homes:
            models = list(_asked_for(app_labels, options["exclude"]))
            aliases = {home for model in models if (home := homes[model])}
            refuse(unreachable(sorted(aliases)), so="Nothing was dumped.")
            super().handle(*app_labels, **{**options, "database": EVERYWHERE})
        if options["verbosity"] >= 1:
            self._name_the_homeless(models, homes)
            if getattr(self, "_called_from_command_line", False):
                self._name_what_lies_elsewhere(models, homes)

    def _name_the_homeless(self, models: Iterable[type[Model]], homes: Homes) -> None:
        homeless = [model._meta.label for model in models if homes[model] is None]
        if homeless:
            self.stderr.write(
                f"Not in the dump: {listed(homeless)}. The routers let no database have them. "
                f"Correct allow_migrate() in DATABASE_ROUTERS where they have rows of their own."
            )

    def _name_what_lies_elsewhere(self, models: list[type[Model]], homes: Homes) -> None:
        aliases = primary_databases()
        down = unreachable(aliases)
        for alias in aliases:
            if alias not in down and (strays := stray_rows(models, homes, alias)):
                self.stderr.write(
                    f"Not in the dump: rows that are in {alias!r}, where nothing reads them "
                    f"without naming it: {in_words(strays)}. "
                    f"{_way_out(alias, [stray.model for stray in strays])}"
                )


def _way_out(alias: str, models: Iterable[type[Model]]) -> str:
    allowed = all(router.allow_migrate_model(alias, model) for model in models)
    if allowed:
        return f"Run 'manage.py dumpdata --database {alias}' to dump them."
    return "Where they were left by a component that has moved: 'manage.py check' says what to do."


def _asked_for(app_labels: Iterable[str], excluded: Iterable[str]) -> Iterator[type[Model]]:
    """Yield the models to dump; a name that is none is left to Django, which refuses it."""
    try:
        models, app_configs = parse_apps_and_model_labels(app_labels)
        without, without_apps = parse_apps_and_model_labels(excluded)
    except CommandError:
        return
    for model in apps.get_models():
        config = apps.get_app_config(model._meta.app_label)
        asked = model in models or config in app_configs or not (models or app_configs)
        if asked and not model._meta.proxy and model not in without and config not in without_apps:
            yield model


def _refuse_what_is_elsewhere(app_labels: Iterable[str], alias: str) -> None:
    """Raise CommandError for a label of which nothing is in this database.

    Django would write an empty dump and end well.
    """
    homes = homes_of_models()
    for label in app_labels:
        models = list(_asked_for([label], []))
        if models and not any(router.allow_migrate_model(alias, model) for model in models):
            there = {repr(home) for model in models if (home := homes[model])}
            msg = (
                f"{label!r} is not in {alias!r}, but in: {listed(there)}. Nothing was dumped. "
                f"Leave --database out, or name the right one."
            )
            raise CommandError(msg)
