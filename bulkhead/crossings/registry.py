"""The models of a project: which component owns each, and where their fields lead."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from bulkhead.crossings.places import Places
from bulkhead.crossings.started import StartedField, StartedModel, StartedProject

Key = TypeVar("Key")
One = TypeVar("One")

ONE_TO_ONE = "one-to-one"
MANY_TO_ONE = "many-to-one"
MANY_TO_MANY = "many-to-many"
ONE_TO_MANY = "one-to-many"

_BY_TYPE = {
    "OneToOneField": ONE_TO_ONE,
    "ManyToManyField": MANY_TO_MANY,
    "GenericRelation": ONE_TO_MANY,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One way from a model to another: along a relation's field, or back."""

    name: str
    """What look-ups call it."""

    accessor: str
    """What objects call it; empty for none."""

    begins: StartedModel
    leads_to: StartedModel
    field: StartedField
    declared_by: StartedModel
    """The model that has the field."""

    is_backward: bool
    is_many: bool
    """Whether it leads to several rows."""

    @property
    def symbol(self) -> str:
        """The dotted name of the relation's field."""
        return f"{self.declared_by.symbol}.{self.field.name}"

    @property
    def joins(self) -> bool:
        """Whether a look-up that ends here reads the table of the other model."""
        return self.is_backward or cardinality(self.field) == ONE_TO_MANY


def cardinality(field: StartedField) -> str:
    """Return what a relation is; told by its type where the project did not say."""
    if field.cardinality or not field.related:
        return field.cardinality
    return _BY_TYPE.get(field.type.rpartition(".")[2], MANY_TO_ONE)


class Registry:
    """The models of all installed apps."""

    def __init__(self, started: StartedProject, places: Places) -> None:
        self._places = places
        self.models = started.models
        self.user_model = started.user_model
        self._by_label = {_key(model.label): model for model in started.models}
        self._by_symbol = {model.symbol: model for model in reversed(started.models)}
        self._packages = {app.label: app.package for app in started.apps}
        self._owners: dict[str, str | None] = {}
        self._steps: dict[str, Mapping[str, Step]] = {}
        self._accessors: dict[str, Mapping[str, Step]] = {}
        self._fields: dict[str, Mapping[str, StartedField]] = {}
        self._families: dict[str, tuple[StartedModel, ...]] = {}

    def by_label(self, label: str) -> StartedModel | None:
        """Return the model of a label as `billing.Invoice`; Django ignores the case of its name."""
        return self._by_label.get(_key(label))

    def by_symbol(self, symbol: str) -> StartedModel | None:
        """Return the model that this class is, by the dotted name of its definition."""
        return self._by_symbol.get(symbol)

    @cached_property
    def by_table(self) -> Mapping[str, StartedModel]:
        """The models by their tables in lower case: no proxies, and first what somebody wrote."""
        ordered = sorted(self.models, key=lambda one: (one.is_auto_created, one.label))
        return {one.table.lower(): one for one in reversed(ordered) if not one.is_proxy}

    @cached_property
    def by_class_name(self) -> Mapping[str, tuple[StartedModel, ...]]:
        """The models by the last name of their classes."""
        return _grouped((model.symbol.rpartition(".")[2], model) for model in self.models)

    def named_like(self, name: str) -> StartedModel | None:
        """Return the one model whose name a variable bears: `order_line` for `OrderLine`."""
        if name == "user":
            return self.by_label(self.user_model)
        found = self._by_variable.get(name.replace("_", "").lower(), ())
        return found[0] if len(found) == 1 else None

    @cached_property
    def _by_variable(self) -> Mapping[str, tuple[StartedModel, ...]]:
        return _grouped(
            (model.symbol.rpartition(".")[2].lower(), model)
            for model in self.models
            if not model.is_auto_created and not model.is_proxy
        )

    def package(self, app: str) -> str | None:
        """Return the package of an installed app."""
        return self._packages.get(app)

    def app_of(self, module: str) -> str | None:
        """Return the label of the app that a module is in: that of the longest package."""
        found = [
            (len(package), label)
            for label, package in self._packages.items()
            if f"{module}.".startswith(f"{package}.")
        ]
        return max(found)[1] if found else None

    def owner(self, dotted: str) -> str | None:
        """Return the component or legacy app that a name is in."""
        if dotted not in self._owners:
            self._owners[dotted] = self._places.of(dotted).owner
        return self._owners[dotted]

    def family(self, label: str) -> tuple[StartedModel, ...]:
        """Return a model and those whose fields it has, the nearest first."""
        if label not in self._families:
            model = self._by_label[label.lower()]
            found = {model.label: model}
            for parent in model.parents:
                if parent != label and parent.lower() in self._by_label:
                    found.update((one.label, one) for one in self.family(parent))
            self._families[label] = tuple(found.values())
        return self._families[label]

    def fields(self, label: str) -> Mapping[str, StartedField]:
        """Return the fields of a model, those of its parents too, by name and by attname."""
        if label not in self._fields:
            found: dict[str, StartedField] = {}
            for model in reversed(self.family(label)):
                found.update((field.attname, field) for field in model.fields)
                found.update((field.name, field) for field in model.fields)
            self._fields[label] = found
        return self._fields[label]

    def steps(self, label: str) -> Mapping[str, Step]:
        """Return where a model leads, by the names that look-ups take."""
        if label not in self._steps:
            self._steps[label] = {step.name: step for step in self._all_steps(label) if step.name}
        return self._steps[label]

    def accessors(self, label: str) -> Mapping[str, Step]:
        """Return where a model leads, by the names that its objects have."""
        if label not in self._accessors:
            self._accessors[label] = {
                step.accessor: step for step in self._all_steps(label) if step.accessor
            }
        return self._accessors[label]

    @cached_property
    def crossing_names(self) -> frozenset[str]:
        """What look-ups call the steps that leave a component; others lead nowhere else."""
        return frozenset(
            step.name
            for model in self.models
            for step in self.steps(model.label).values()
            if self.leaves(step)
        )

    @cached_property
    def all_accessors(self) -> frozenset[str]:
        """What objects call the steps that leave a component, forwards and backwards."""
        return frozenset(
            step.accessor
            for model in self.models
            for step in self.accessors(model.label).values()
            if self.leaves(step)
        )

    @cached_property
    def crossing_accessors(self) -> frozenset[str]:
        """What objects call the relations that another component has put on them."""
        return frozenset(
            step.accessor
            for model in self.models
            for step in self.accessors(model.label).values()
            if step.is_backward and self.leaves(step)
        )

    def leaves(self, step: Step) -> bool:
        """Return whether a step leads from what one component has to another's."""
        to = self.owner(step.leads_to.symbol)
        return to is not None and to != self.owner(step.begins.symbol)

    def _all_steps(self, label: str) -> Iterable[Step]:
        """Yield the steps of a model, those of its parents first, as its own names win."""
        model = self._by_label[label.lower()]
        family = self.family(label)
        for one in reversed(family):
            for declaring, field in self._backward.get(one.label.lower(), ()):
                yield _backward(model, declaring, field)
        for one in reversed(family):
            for field in one.fields:
                if (other := self.by_label(field.related)) is not None:
                    yield _forward(model, one, other, field)

    @cached_property
    def _backward(self) -> Mapping[str, tuple[tuple[StartedModel, StartedField], ...]]:
        """The fields that lead to each model, by its label in small letters."""
        return _grouped(
            (self._concrete(field.related).lower(), (model, field))
            for model in self.models
            for field in model.fields
            if field.related and (field.query_name or field.accessor)
        )

    def _concrete(self, label: str) -> str:
        """Return what a proxy stands for."""
        model = self.by_label(label)
        while model is not None and model.is_proxy and model.parents:
            label = model.parents[0]
            model = self.by_label(label)
        return label


def _forward(
    model: StartedModel, declaring: StartedModel, other: StartedModel, field: StartedField
) -> Step:
    return Step(
        name=field.name,
        accessor=field.name,
        begins=model,
        leads_to=other,
        field=field,
        declared_by=declaring,
        is_backward=False,
        is_many=cardinality(field) in {MANY_TO_MANY, ONE_TO_MANY},
    )


def _backward(model: StartedModel, declaring: StartedModel, field: StartedField) -> Step:
    kind = cardinality(field)
    return Step(
        name=field.query_name,
        accessor="" if kind == ONE_TO_MANY else field.accessor,
        begins=model,
        leads_to=declaring,
        field=field,
        declared_by=declaring,
        is_backward=True,
        is_many=kind != ONE_TO_ONE,
    )


def _key(label: str) -> str:
    app, _, name = label.partition(".")
    return f"{app}.{name.lower()}"


def _grouped(pairs: Iterable[tuple[Key, One]]) -> Mapping[Key, tuple[One, ...]]:
    found: defaultdict[Key, list[One]] = defaultdict(list)
    for key, one in pairs:
        found[key].append(one)
    return {key: tuple(ones) for key, ones in found.items()}
