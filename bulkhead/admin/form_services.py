"""The service functions that forms of the admin call, and what of an aggregate each takes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.db.models import FileField
from django.utils.text import camel_case_to_spaces

from bulkhead.admin.problems import Given, Problem, named, problem_of_kind, required
from bulkhead.admin.rebuilding import rebuildable
from bulkhead.errors import listed

if TYPE_CHECKING:
    from django.http import HttpRequest

    from bulkhead.repositories import Repository
    from bulkhead.repositories.shapes import ChildrenField, Shape

VERSION = "version"


class FormService:
    """A service function; its signature decides what it is given."""

    def __init__(
        self,
        function: Callable[..., object],
        shape: Shape,
        *,
        given: Given,
        keyed: bool,
        own: Collection[str] = (),
    ) -> None:
        """`keyed` says that it is about what is there already; `own` are the form's own fields."""
        self.function = function
        self.shape = shape
        self.parameters = inspect.signature(function).parameters
        self.given = {name: give for name, give in given.items() if name in self.parameters}
        self.keyed = keyed
        self.own = frozenset(own)

    @cached_property
    def key(self) -> str | None:
        """The parameter that takes the key.

        It bears the key field's name, or is the one that nothing fills; of several, `pallet_id`.
        """
        if not self.keyed:
            return None
        if self.shape.key is not None and self.shape.key.name in self.parameters:
            return self.shape.key.name
        open_ones = [name for name in required(self.parameters) if not self._is_filled(name)]
        usual = [name for name in open_ones if name == _parameter(self._name)]
        return open_ones[0] if len(open_ones) == 1 else next(iter(usual), None)

    @cached_property
    def takes(self) -> frozenset[str]:
        """The fields of the aggregate that it takes."""
        names = (name for name in _fields(self.shape) if name in self.parameters)
        return frozenset(names) - {self.key, VERSION, *self.given}

    def problem(self) -> Problem | None:
        """Return what keeps it from being called."""
        if (wrong := problem_of_kind(self.function)) is not None:
            return wrong
        kinds = {parameter.kind for parameter in self.parameters.values()}
        if inspect.Parameter.VAR_KEYWORD in kinds:
            return Problem(
                f"{named(self.function)} takes any keyword, so what it takes can't be told.",
                "Name its parameters.",
            )
        if self.keyed and self.key is None:
            return Problem(
                f"{named(self.function)} has no parameter for the key of {self._name}. "
                f"It takes: {listed(self.parameters)}.",
                f"Let it take the key, as {_parameter(self._name)} or under the field's name.",
            )
        return self._unfilled()

    def _unfilled(self) -> Problem | None:
        open_ones = [
            name
            for name in required(self.parameters)
            if name != self.key and not self._is_filled(name)
        ]
        if not open_ones:
            return None
        return Problem(
            f"{named(self.function)} requires {listed(open_ones)}, which is no field of "
            f"{self._name} and is not given.",
            "Name it as the field, or give it: given = {...: lambda request: ...}.",
        )

    def arguments(
        self,
        request: HttpRequest,
        values: Mapping[str, object],
        *,
        key: object = None,
        version: int | None = None,
        stored: object = None,
    ) -> dict[str, object]:
        """Return what it is called with: what the form says, and where it must, what is stored."""
        arguments = {name: give(request) for name, give in self.given.items()}
        if self.key is not None:
            arguments[self.key] = key
        if self.keyed and VERSION in self.parameters:
            arguments[VERSION] = version
        for name in self.parameters:
            if name not in arguments and name in values:
                arguments[name] = values[name]
        if stored is not None:
            missing = set(required(self.parameters)) & self.takes - arguments.keys()
            arguments |= {name: getattr(stored, name) for name in missing}
        return arguments

    def _is_filled(self, name: str) -> bool:
        return name in self.given or name in self.own or name in _fields(self.shape)

    @property
    def _name(self) -> str:
        return self.shape.cls.__name__


@dataclass(frozen=True, slots=True, kw_only=True)
class FormServices:
    """The ways in which an admin lets an aggregate be changed."""

    repository: type[Repository[Any, Any]]
    shape: Shape
    add: FormService | None
    change: FormService | None
    delete: FormService | None
    rebuilt: frozenset[str]
    """The fields that are saved by rebuilding the aggregate."""

    def fields(self, *, adding: bool) -> frozenset[str]:
        """Return the fields of the aggregate that a form may set."""
        if adding:
            return frozenset() if self.add is None else self.add.takes
        return self.rebuilt | (frozenset() if self.change is None else self.change.takes)

    def parameters(self, *, adding: bool) -> frozenset[str]:
        """Return all that the service of a form takes, also what is no field of the aggregate."""
        service = self.add if adding else self.change
        return frozenset() if service is None else frozenset(service.parameters)

    def columns(self, *, adding: bool) -> frozenset[str]:
        """Return the names of the row's fields that a form may set."""
        return columns_of(self.shape, self.fields(adding=adding), keyed=adding)

    def child(self, row: type, *, adding: bool) -> ChildrenField | None:
        """Return the field whose items are these rows, None where no form may set it."""
        fields = self.fields(adding=adding)
        found = (field for field in self.shape.children if field.shape.model is row)
        return next((field for field in found if field.name in fields and _editable(field)), None)

    def rebuild_only(self) -> frozenset[str]:
        """Return the fields that are rebuilt because the service does not take them."""
        return self.rebuilt - (frozenset() if self.change is None else self.change.takes)


def form_services_of(  # noqa: PLR0913 - one for each thing that an admin names
    repository: type[Repository[Any, Any]],
    shape: Shape,
    functions: Mapping[str, Callable[..., object] | None],
    *,
    given: Given,
    rebuild: tuple[str, ...],
    own: Collection[str],
) -> FormServices:
    """Return the services that an admin calls, from what it names.

    `own` are the fields that its form declares itself; the page that deletes has no form.
    """
    services = {
        name: function
        and FormService(
            function,
            shape,
            given=given,
            keyed=name != "add",
            own=() if name == "delete" else own,
        )
        for name, function in functions.items()
    }
    return FormServices(
        repository=repository,
        shape=shape,
        rebuilt=frozenset(rebuild) & rebuildable(shape),
        **services,
    )


def columns_of(shape: Shape, fields: frozenset[str], *, keyed: bool = False) -> frozenset[str]:
    """Return the names of the row's fields that hold these fields of a class.

    The version is not among them, and the key only where a new one may be given; nor is what no
    form can fill: a column that is not editable, or a file, which only a model's save() stores.
    """
    attnames = {leaf.column for name, leaf in _leaves(shape) if name in fields}
    fixed = (shape.version,) if keyed else (shape.version, shape.key)
    guarded = {field.column for field in fixed if field is not None}
    return frozenset(
        field.name
        for field in shape.model._meta.concrete_fields
        if field.attname in attnames - guarded and _can_be_filled(field)
    )


def _can_be_filled(column: Any) -> bool:
    return bool(column.editable) and not isinstance(column, FileField)


def _parameter(aggregate: str) -> str:
    return camel_case_to_spaces(aggregate).replace(" ", "_") + "_id"


def _leaves(shape: Shape) -> Iterator[tuple[str, Any]]:
    for field in shape.fields:
        for leaf in field.leaves:
            yield field.name, leaf


def _fields(shape: Shape) -> list[str]:
    return [field.name for field in (*shape.fields, *shape.children)]


def _editable(field: ChildrenField) -> bool:
    """Return False for parts whose own parts could not be told apart: a form would lose them."""
    return not field.shape.children or field.shape.key is not None
