"""The models of a project, by the names that code calls them by."""

from __future__ import annotations

from functools import cached_property

from bulkhead.crossings.started import StartedModel, StartedProject

CONTENT_TYPE = "contenttypes.contenttype"
PERMISSION = "auth.permission"
DEFAULT_ACTIONS = {"add", "change", "delete", "view"}


class Models:
    """Finds the model that a label, a table or a permission names."""

    def __init__(self, started: StartedProject) -> None:
        self._started = started
        self.packages = {app.label: app.package for app in started.apps}
        """The package of each app, by its label."""

        self._by_label = {_key(model.label): model for model in started.models}

    def labelled(self, label: str) -> StartedModel | None:
        """Return the model of a label as `billing.Invoice`; Django ignores the case of its name."""
        return self._by_label.get(_key(label))

    @property
    def user(self) -> StartedModel | None:
        """The model that stands for users."""
        return self.labelled(self._started.user_model)

    @cached_property
    def by_symbol(self) -> dict[str, StartedModel]:
        """The models by their classes, without those that Django made."""
        return {model.symbol: model for model in self._started.models if not model.is_auto_created}

    @cached_property
    def by_table(self) -> dict[str, StartedModel]:
        """The model that a table belongs to: no proxy, and one that somebody wrote."""
        ordered = sorted(
            self._started.models, key=lambda one: (one.is_proxy, one.is_auto_created, one.label)
        )
        return {model.table.lower(): model for model in reversed(ordered)}

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
        return [one for one in self._by_label.values() if _name(one.label) == name.lower()]

    @cached_property
    def _by_app(self) -> dict[str, list[StartedModel]]:
        found: dict[str, list[StartedModel]] = {}
        for model in self._started.models:
            found.setdefault(model.app, []).append(model)
        return found

    def is_kind_of(self, model: StartedModel | None, label: str) -> bool:
        """Return whether a model is this one, a proxy of it, or inherits from it."""
        if model is None:
            return False
        return _key(model.label) == label or any(
            self.is_kind_of(self.labelled(parent), label) for parent in model.parents
        )


def _key(label: str) -> str:
    app, _, name = label.partition(".")
    return f"{app}.{name.lower()}"


def _name(label: str) -> str:
    return label.rpartition(".")[2].lower()
