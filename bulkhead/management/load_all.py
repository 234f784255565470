"""`loaddata`, for all databases."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.core.management.commands import loaddata
from django.core.serializers.base import DeserializedObject
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import Model

from bulkhead.errors import listed
from bulkhead.management.destinations import let_database_be_all
from bulkhead.management.homes import (
    EVERYWHERE,
    Everywhere,
    Homes,
    homes_of_models,
    primary_databases,
    rows_at_home,
)
from bulkhead.management.joint_commits import JointCommits
from bulkhead.management.rewritten_output import RewrittenOutput


class LoadAllDatabases(loaddata.Command):
    """Without --database, loads each row into the database that its model lives in.

    Combine it with another app's command: `class Command(LoadAllDatabases, TheirCommand)`.
    """

    def add_arguments(self, parser: CommandParser) -> None:
        """Let --database be left out, for all."""
        super().add_arguments(parser)
        let_database_be_all(parser, instead="Loads into this database alone.")

    def handle(self, *fixture_labels: str, **options: Any) -> None:
        """Load into one database, or into all of them as if they were one."""
        self._loaded: Counter[str] = Counter()
        self._left_out: Counter[type[Model]] = Counter()
        if options["database"]:
            super().handle(*fixture_labels, **options)
            self._name_those_left_out(options)
            return
        self._models: dict[str, set[type[Model]]] = defaultdict(set)
        held: list[str] = []
        before = self.stdout
        self.stdout = RewrittenOutput(before, lambda message: _held_back(message, held))
        try:
            with rows_at_home() as self._homes, JointCommits() as self._commits:
                self._commits.join(DEFAULT_DB_ALIAS)
                super().handle(*fixture_labels, **{**options, "database": EVERYWHERE})
        finally:
            self.stdout = before
        for message in held:
            self.stdout.write(f"{message}{self._by_database()}")

    def loaddata(self, fixture_labels: Sequence[str]) -> None:
        """Load, then check the constraints of every database, and reset its sequences."""
        super().loaddata(fixture_labels)
        if not isinstance(self.using, Everywhere):
            return
        for alias, models in self._models.items():
            _check_constraints(models, alias)
            self.reset_sequences(connections[alias], models)

    def save_obj(self, obj: DeserializedObject) -> bool:
        """Save a row where it belongs, and count it."""
        model = type(obj.object)
        if self._is_excluded(model):
            return super().save_obj(obj)
        if isinstance(self.using, Everywhere):
            return self._save_at_home(obj, model)
        saved = super().save_obj(obj)
        if not saved:
            self._left_out[model] += 1
            self._forget_deferred(obj)
        return saved

    def find_fixtures(self, fixture_label: str) -> list[tuple[str, str | None, str | None]]:
        """Return the files of this name, also those that bear a database's name in theirs."""
        if fixture_label == loaddata.READ_STDIN or not isinstance(self.using, Everywhere):
            return super().find_fixtures(fixture_label)
        for_databases = list(self._files_for_databases(fixture_label))
        if for_databases and not self._has_plain_file(fixture_label):
            return for_databases
        return [*super().find_fixtures(fixture_label), *for_databases]

    def _save_at_home(self, obj: DeserializedObject, model: type[Model]) -> bool:
        home = self._homes.get(model)
        if home is None:
            raise _homeless(model)
        self._commits.join(home)
        saved = super().save_obj(obj)
        self.models.discard(model)  # Django would look for its table in `default`
        self._models[home].add(model)
        self._loaded[home] += 1
        return saved

    def _is_excluded(self, model: type[Model]) -> bool:
        return model in self.excluded_models or model._meta.app_config in self.excluded_apps

    def _forget_deferred(self, obj: DeserializedObject) -> None:
        """Keep Django from saving a row after all, once what it refers to has been loaded."""
        self.objs_with_deferred_fields = [
            other for other in self.objs_with_deferred_fields if other is not obj
        ]

    def _by_database(self) -> str:
        if set(self._loaded) <= {DEFAULT_DB_ALIAS}:
            return ""
        return ": " + ", ".join(f"{self._loaded[alias]} in {alias!r}" for alias in self._loaded)

    def _name_those_left_out(self, options: dict[str, Any]) -> None:
        if not self._left_out or options["verbosity"] < 1:
            return
        homes = homes_of_models()
        models = sorted(self._left_out, key=lambda model: model._meta.label)
        left_out = ", ".join(f"{self._left_out[m]} {_with_home(m, homes)}" for m in models)
        self.stderr.write(
            f"Not loaded, because they do not live in {options['database']!r}: {left_out}. "
            f"Leave --database out to load every row where it belongs."
        )

    def _has_plain_file(self, fixture_label: str) -> bool:
        name, ser_fmt, cmp_fmt = self.parse_name(fixture_label)
        name, folders = self.get_fixture_name_and_dirs(name)
        targets = self.get_targets(name, ser_fmt, cmp_fmt)
        return any(self.find_fixture_files_in_dir(folder, name, targets) for folder in folders)

    def _files_for_databases(
        self, fixture_label: str
    ) -> Iterator[tuple[str, str | None, str | None]]:
        name, ser_fmt, cmp_fmt = self.parse_name(fixture_label)
        name, folders = self.get_fixture_name_and_dirs(name)
        endings = {target.removeprefix(name) for target in self.get_targets(name, ser_fmt, cmp_fmt)}
        for alias, folder in product(primary_databases(), folders):
            targets = {f"{name}.{alias}{ending}" for ending in endings}
            files = self.find_fixture_files_in_dir(folder, name, targets)
            if len(files) > 1:
                found = listed(path for path, _, _ in files)
                msg = (
                    f"Several fixtures {name!r} for {alias!r} in one folder: {found}. None was "
                    f"loaded. Keep one of them, or name its file."
                )
                raise CommandError(msg)
            yield from files


def _held_back(message: str, held: list[str]) -> str | None:
    """Keep the line that says what was installed until that is true."""
    if message.startswith("Installed "):
        held.append(message)
        return None
    return message


def _check_constraints(models: set[type[Model]], alias: str) -> None:
    tables = sorted({table for model in models for table in _tables_of(model)})
    try:
        connections[alias].check_constraints(table_names=tables)
    except DatabaseError as error:
        error.args = (f"Problem installing fixtures in {alias!r}: {error}",)
        raise


def _tables_of(model: type[Model]) -> Iterator[str]:
    yield model._meta.db_table
    for field in model._meta.many_to_many:
        if through := field.remote_field.through:
            yield through._meta.db_table


def _homeless(model: type[Model]) -> CommandError:
    label = model._meta.label
    return CommandError(
        f"{label} has rows in the fixture, and the routers let it migrate in no database. "
        f"Databases: {listed(connections)}. Nothing was loaded. Leave them out by "
        f"--exclude {label}, or correct allow_migrate() in DATABASE_ROUTERS."
    )


def _with_home(model: type[Model], homes: Homes) -> str:
    home = homes.get(model)
    return model._meta.label if home is None else f"{model._meta.label} (in {home!r})"
