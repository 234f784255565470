"""What only a started project knows: plain data, handed over by the probe."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedField:
    """A field of a model, its own or one that it has from an abstract base."""

    name: str
    attname: str
    """Where the key of a relation stands: `contract_id`; else the name."""

    type: str
    """The dotted name of the field's class."""

    related: str = ""
    """The label of the model that it leads to: `contracting.Contract`."""

    through: str = ""
    """The label of the model that joins the two, where somebody wrote it."""

    is_parent_link: bool = False
    declared_in: str = ""
    """The dotted name of the class that declares it: the model, or an abstract base."""

    accessor: str = ""
    """What it puts on the related model: `invoice_set`; empty for none."""

    query_name: str = ""
    """What look-ups of the related model call it: `invoice`."""

    is_generic: bool = False
    """Whether it is of contenttypes, and leads anywhere."""

    cardinality: str = ""
    """"many-to-one", "one-to-one", "many-to-many", "one-to-many"; empty for no relation."""

    to_field: str = ""
    """The field of the related model that a foreign key holds: `id`."""

    primary_key: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedModel:
    """A model of any installed app."""

    label: str
    """As `billing.Invoice`."""

    symbol: str
    """The dotted name of the class, where it is defined: `shop.billing.models.Invoice`."""

    app: str
    table: str
    parents: tuple[str, ...] = ()
    """The labels of the models that it inherits from, and of the one that it is a proxy for."""

    is_proxy: bool = False
    is_auto_created: bool = False
    """Whether Django made it, to join two others."""

    fields: tuple[StartedField, ...] = ()
    managers: tuple[tuple[str, str], ...] = ()
    """Name, and the dotted name of the class; of a manager that is made from a queryset, the
    queryset's.
    """

    permissions: tuple[str, ...] = ()
    """The codenames of its permissions: `add_invoice`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedApp:
    """An installed app; a path outside of the project's folder stays out of every report."""

    label: str
    package: str
    path: str
    declared: Mapping[str, object] = field(default_factory=dict)
    """What a ComponentConfig declares: depends_on, depends_on_legacy, seals, owner. Else empty."""

    is_component: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedUrl:
    """A URL name with its namespaces, as `reverse` takes it."""

    name: str
    view: str
    """The dotted name of the view: a function or a class; of a page that Django's admin makes by
    itself, the model's.
    """

    module: str
    """The URL configuration that gives the name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StartedProject:
    """A project as Django has started it."""

    settings_module: str
    django: str
    python: str
    user_model: str
    apps: tuple[StartedApp, ...] = ()
    models: tuple[StartedModel, ...] = ()
    urls: tuple[StartedUrl, ...] = ()
    template_folders: tuple[str, ...] = ()
    """Those of apps and of the settings, in the order in which they are searched."""

    tag_libraries: Mapping[str, str] = field(default_factory=dict)
    """The modules of template tags, by the name that `{% load %}` takes."""

    settings_paths: tuple[tuple[str, str], ...] = ()
    """The setting's name and each dotted path in it that can be imported."""

    bulkhead: Mapping[str, object] = field(default_factory=dict)
    """The setting BULKHEAD, where there is one."""

    search_path: tuple[str, ...] = ()
    """The folders that Python imports from."""

    problems: tuple[str, ...] = ()
    """What the project could not be asked, each with the reason."""
