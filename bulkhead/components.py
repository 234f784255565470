"""What a component is, and which one owns a module, a model or a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import TYPE_CHECKING, Literal

from django.apps import AppConfig, apps
from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004 - Django's name
from django.db import DEFAULT_DB_ALIAS

from bulkhead.errors import UnknownComponentError, listed
from bulkhead.migrating import teach_django_about_components

if TYPE_CHECKING:
    from django.db.models import Model

Seal = Literal["imports", "references"]


class ComponentConfig(AppConfig):
    """A Django app with layers, a database and one door.

    The models stand in `db/models.py` and the migrations in `db/migrations/`.
    A component that still has them in `models.py` and `migrations/` works too.
    """

    depends_on: tuple[str, ...] = ()
    """The labels of the components whose `public` this one may import."""

    depends_on_legacy: tuple[str, ...] = ()
    """The labels of the legacy apps that this component still imports."""

    database: str | None = None
    """The alias it lives in; None means the alias of its label, else `default`."""

    seals: tuple[Seal, ...] = ()
    """The kinds of crossing that are gone and stay gone."""

    owner: str = ""
    """The team or person to ask."""

    mounts_api: bool = True
    """False where its `api` is something else, such as one of Django REST framework."""

    def __init_subclass__(cls, **kwargs: object) -> None:
        """Make every config that names an app the one that Django picks from `apps.py`.

        One that inherits its name, or has none, would be a second one there.
        """
        super().__init_subclass__(**kwargs)
        cls.default = cls.__dict__.get("default", "name" in cls.__dict__)

    @property
    def database_alias(self) -> str:
        """The alias that holds this component's tables, looked up at each call."""
        if self.database is not None:
            return self.database
        return self.label if self.label in settings.DATABASES else DEFAULT_DB_ALIAS

    @cached_property
    def has_db_layer(self) -> bool:
        """Whether the component has a `db` package."""
        return find_spec(f"{self.name}.db") is not None

    @property
    def migrations_name(self) -> str:
        """The dotted path of the package of migrations, or of the one that is to be made."""
        in_db, beside = f"{self.name}.db.migrations", f"{self.name}.migrations"
        if not self.has_db_layer:
            return beside
        return beside if find_spec(in_db) is None and find_spec(beside) is not None else in_db

    def import_models(self) -> None:
        """Import `db/models.py` where Django would look for `models.py`."""
        teach_django_about_components()
        super().import_models()
        if self.models_module is None:
            self.models_module = _imported_models(f"{self.name}.db")


def _imported_models(db_layer: str) -> ModuleType | None:
    """Return `models` of a db layer, or None where there is none; importing asks only once."""
    name = f"{db_layer}.models"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name not in {db_layer, name}:
            raise
        return None


@dataclass(slots=True, kw_only=True)
class _Index:
    """The installed components, by all that they are looked up by."""

    app_configs: Mapping[str, AppConfig]
    by_label: dict[str, ComponentConfig]
    by_package: dict[str, ComponentConfig]
    by_table: dict[str, ComponentConfig] = field(default_factory=dict)
    tables_of: list[type[Model]] | None = None

    def table_owner(self, table: str) -> ComponentConfig | None:
        models = apps.get_models(include_auto_created=True, include_swapped=True)
        if models is not self.tables_of:  # Django makes a new list when a model is added
            self.by_table = {
                model._meta.db_table: owner
                for model in sorted(models, key=_owns_its_table)
                if (owner := self.by_label.get(model._meta.app_label)) is not None
            }
            self.tables_of = models
        return self.by_table.get(table)


_current: _Index | None = None


def installed_components() -> tuple[ComponentConfig, ...]:
    """Return every installed component, in the order of INSTALLED_APPS."""
    return tuple(_index().by_label.values())


def get_component(label: str) -> ComponentConfig:
    """Return the component of this label, or raise UnknownComponentError."""
    known = _index().by_label
    try:
        return known[label]
    except KeyError:
        raise UnknownComponentError(label, installed=known) from None


def find_component(label: str) -> ComponentConfig | None:
    """Return the component of this label, or None."""
    return _index().by_label.get(label)


def component_of_module(name: str) -> ComponentConfig | None:
    """Return the component that holds the module of this dotted name, or None."""
    packages = _index().by_package
    while name:
        if (component := packages.get(name)) is not None:
            return component
        name = name.rpartition(".")[0]
    return None


def component_of_model(model: type[Model] | Model) -> ComponentConfig | None:
    """Return the component that a model belongs to, or None."""
    return _index().by_label.get(model._meta.app_label)


def component_of_table(table: str) -> ComponentConfig | None:
    """Return the component whose table this is, many-to-many tables included, or None."""
    return _index().table_owner(table)


def component_databases() -> frozenset[str]:
    """Return every alias that some component lives in."""
    return frozenset(component.database_alias for component in installed_components())


@register("bulkhead")
def check_bulkhead_is_installed(**_: object) -> list[CheckMessage]:
    """Find that components are installed and Bulkhead is not, whose other checks then never run.

    While all live in `default`, Django's commands know all there is, and it is a warning.
    """
    labels = [component.label for component in installed_components()]
    if not labels or apps.is_installed("bulkhead"):
        return []
    found = f"'bulkhead' is not in INSTALLED_APPS, and these components are: {listed(labels)}. "
    hint, obj = "Put 'bulkhead' first in INSTALLED_APPS.", "INSTALLED_APPS"
    if not component_databases() - {DEFAULT_DB_ALIAS}:
        found += "None of Bulkhead's checks runs."
        return [Warning(found, hint=hint, obj=obj, id="bulkhead.W084")]
    found += (
        "None of Bulkhead's checks runs, and `migrate` is Django's: it migrates one database, "
        "and says nothing of the others."
    )
    return [Error(found, hint=hint, obj=obj, id="bulkhead.E084")]


def _owns_its_table(model: type[Model]) -> bool:
    """Return False for a proxy and for an unmanaged model: theirs may be another's table."""
    return model._meta.managed and not model._meta.proxy


def _index() -> _Index:
    global _current  # noqa: PLW0603 - the one cache of this module
    if _current is None or _current.app_configs is not apps.app_configs or not apps.apps_ready:
        _current = _build_index(apps.app_configs.values())
    return _current


def _build_index(configs: Iterable[AppConfig]) -> _Index:
    components = [config for config in configs if isinstance(config, ComponentConfig)]
    return _Index(
        app_configs=apps.app_configs,
        by_label={component.label: component for component in components},
        by_package={component.name: component for component in components},
    )
