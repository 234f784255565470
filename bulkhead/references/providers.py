"""What a reference points at: a provider in a component's `public`, or a legacy model."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from django.apps import apps

from bulkhead.components import ComponentConfig, find_component, installed_components
from bulkhead.errors import BulkheadError, listed
from bulkhead.exposed import public_modules

if TYPE_CHECKING:
    from django.db.models import Model


@dataclass(frozen=True, slots=True)
class ReferenceProvider:
    """What a component tells of the rows that others hold ids of.

    It stands at module level in the component's `public`, beside the functions that it names:

        contract = ReferenceProvider(
            "contract",
            labels=label_contracts,
            search=search_contracts,
            permission="contracting.view_contractrow",
            url="admin:contracting_contractrow_change",
        )
    """

    name: str
    """Others write `ReferenceField("contracting.contract")`; pages say "unknown contract"."""

    _: KW_ONLY

    labels: Callable[..., Mapping[Any, str]]
    """`labels(*, ids)`: what each of these is called, without those that are not there."""

    search: Callable[..., Mapping[Any, str]]
    """`search(*, text, limit)`: at most so many that fit, the best first; all for an empty text."""

    permission: str | tuple[str, ...] | None
    """Who may search (all of these); None is everyone who may enter the admin."""

    url: str | None = None
    """The name of a URL that takes the id: a page, or one of the admin."""

    @property
    def noun(self) -> str:
        """What one of them is called."""
        return self.name.replace("_", " ")

    @property
    def permissions(self) -> tuple[str, ...]:
        """The permissions as a tuple."""
        if isinstance(self.permission, str):
            return (self.permission,)
        return self.permission or ()

    def labels_of(self, ids: Collection[Any]) -> Mapping[Any, str]:
        """Return what these are called; one that is missing is unknown."""
        return self.labels(ids=ids)

    def url_name(self) -> str | None:
        """Return the name of the URL that takes an id."""
        return self.url


@dataclass(frozen=True, slots=True)
class ModelReferences:
    """The rows of a legacy model, called by their `str`, found and shown by their admin."""

    model: type[Model]

    @property
    def noun(self) -> str:
        """What one of them is called."""
        return str(self.model._meta.verbose_name)

    def labels_of(self, ids: Collection[Any]) -> Mapping[Any, str]:
        """Return what these are called, also those that the default manager hides."""
        rows = self.model._base_manager.filter(pk__in=ids)
        return {row.pk: str(row) for row in rows}

    def url_name(self) -> str | None:
        """Return the name of the page that changes one in the admin."""
        return f"admin:{self.model._meta.app_label}_{self.model._meta.model_name}_change"


ReferenceTarget = ReferenceProvider | ModelReferences

_providers: WeakKeyDictionary[ComponentConfig, dict[str, ReferenceProvider]] = WeakKeyDictionary()


class UnknownReferenceError(BulkheadError, LookupError):
    """A ReferenceField names nothing that is there."""

    def __init__(self, what: str, hint: str) -> None:
        super().__init__(f"{what} {hint}")
        self.what = what
        self.hint = hint


def target_of(reference: str) -> ReferenceTarget:
    """Return what a reference points at, looked up when it is asked for.

    Raise UnknownReferenceError where there is no such provider or model.
    """
    label, _, name = reference.partition(".")
    component = find_component(label)
    return _model(reference) if component is None else _provider(component, name)


def providers_of(component: ComponentConfig) -> list[ReferenceProvider]:
    """Return all providers in a component's `public`, after importing it."""
    found = [
        value
        for module in public_modules(component)
        for value in vars(module).values()
        if isinstance(value, ReferenceProvider)
    ]
    return list({id(provider): provider for provider in found}.values())


def _provider(component: ComponentConfig, name: str) -> ReferenceProvider:
    known = _providers.get(component)
    if known is None:
        known = _providers[component] = {one.name: one for one in providers_of(component)}
    if name not in known:
        what = f"{component.name}.public has no ReferenceProvider {name!r}."
        raise UnknownReferenceError(what, f"It has: {listed(known)}. Correct the name, or add it.")
    return known[name]


def _model(reference: str) -> ModelReferences:
    label = reference.partition(".")[0]
    try:
        model = apps.get_model(reference)
    except LookupError:
        raise _nothing(label, reference) from None
    if model._meta.swapped:
        what = f"{reference} has been swapped for {model._meta.swapped}."
        hint = f"Write ReferenceField(settings.{model._meta.swappable})."
        raise UnknownReferenceError(what, hint)
    return ModelReferences(model)


def _nothing(label: str, reference: str) -> UnknownReferenceError:
    if apps.is_installed(label) or label in apps.app_configs:
        models = (model.__name__ for model in apps.get_app_config(label).get_models())
        what = f"The app {label!r} has no model {reference.partition('.')[2]!r}."
        return UnknownReferenceError(what, f"It has: {listed(models)}. Correct the name.")
    components = listed(component.label for component in installed_components())
    return UnknownReferenceError(
        f"{reference!r} names no component and no app: there is no {label!r}.",
        f"Installed components: {components}. Correct the name, or install the component.",
    )
