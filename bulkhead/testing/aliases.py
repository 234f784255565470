"""Which databases a test of a component needs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, router

from bulkhead.components import ComponentConfig, get_component
from bulkhead.routers import replicas_of


def databases_of(*labels: str, transaction: bool = False) -> frozenset[str]:
    """Return the aliases of these components, of all that they depend on, and `default`.

    A public call may go on to what the called component depends on, and so on.
    `transaction` says that the test runs without a transaction around it: reads may then go to a
    replica.

    `databases = databases_of("invoicing")` is what a Django TestCase needs.

    Raise UnknownComponentError for a label that no component has.
    """
    aliases = {DEFAULT_DB_ALIAS}
    for component in _with_dependencies(labels):
        aliases.add(component.database_alias)
        aliases.update(_of_legacy_apps(component.depends_on_legacy))
    if transaction:
        aliases.update([replica for alias in aliases for replica in replicas_of(alias)])
    return frozenset(aliases)


def _with_dependencies(labels: Iterable[str]) -> Iterable[ComponentConfig]:
    reached: dict[str, ComponentConfig] = {}
    waiting = list(labels)
    while waiting:
        label = waiting.pop()
        if label not in reached:
            reached[label] = get_component(label)
            waiting += reached[label].depends_on
    return reached.values()


def _of_legacy_apps(labels: Iterable[str]) -> Iterator[str]:
    for label in labels:
        for model in apps.get_app_config(label).get_models():
            yield router.db_for_write(model)
