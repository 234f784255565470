"""The models of a project, by the names that code calls them by."""

from __future__ import annotations

from functools import cached_property

from bulkhead.crossings.started import StartedModel
from bulkhead.crossings.world import World

CONTENT_TYPE = "contenttypes.contenttype"
PERMISSION = "auth.permission"
DEFAULT_ACTIONS = {"add", "change", "delete", "view"}


class Models:
    """Finds the model that a label or a permission names."""

    def __init__(self, world: World) -> None:
        self._registry = world.registry
        self.packages = {app.label: app.package for app in world.started.apps}
        """The package of each app, by its label."""

    def labelled(self, label: str) -> StartedModel | None:
        """Return the model of a label as `billing.Invoice`."""
        return self._registry.by_label(label)

    @property
    def user(self) -> StartedModel | None:
        """The model that stands for users."""
        return self.labelled(self._registry.user_model)

    def of_class(self, symbol: str) -> StartedModel | None:
        """Return the model that a class is, by the dotted name of its definition."""
        return self._registry.by_symbol(symbol)

    def permitted(self, permission: str) -> StartedModel | None:
        """Return the model that a permission as `billing.add_invoice` is about."""
        app, _, codename = permission.partition(".")
        return self.with_permission(app, codename)

    def with_permission(self, app: str, codename: str) -> StartedModel | None:
        """Return the model of an app that has a permission of this codename."""
        for model in self._by_app.get(app, ()):
            if codename in model.permissions:
                return model
        action, _, name = codename.partition("_")
        return self.labelled(f"{app}.{name}") if action in DEFAULT_ACTIONS else None

    def permitting(self, codename: str) -> list[StartedModel]:
        """Return the models of all apps that have a permission of this codename."""
        found = (self.with_permission(app, codename) for app in self._by_app)
        return [model for model in found if model]

    def named(self, name: str) -> list[StartedModel]:
        """Return the models of all apps that have this name, in any case."""
        return [one for one in self._registry.models if _name(one.label) == name.lower()]

    @cached_property
    def _by_app(self) -> dict[str, list[StartedModel]]:
        found: dict[str, list[StartedModel]] = {}
        for model in self._registry.models:
            found.setdefault(model.app, []).append(model)
        return found

    def is_kind_of(self, model: StartedModel | None, label: str) -> bool:
        """Return whether a model is this one, a proxy of it, or inherits from it."""
        if model is None:
            return False
        return model is self.labelled(label) or any(
            self.is_kind_of(self.labelled(parent), label) for parent in model.parents
        )


def _name(label: str) -> str:
    return label.rpartition(".")[2].lower()
