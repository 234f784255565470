"""Parameters of a view that Bulkhead fills, and the web framework does not see."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import update_wrapper
from types import FunctionType, NoneType
from typing import Annotated, Any, get_args, get_origin

from django.http import HttpRequest
from ninja.operation import Operation
from ninja.params.models import Param

from bulkhead.api.bodies import with_bodies
from bulkhead.hints import evaluated, members, named

View = Callable[..., Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of an endpoint, as far as its parameters are read."""

    request: HttpRequest
    operation: Operation
    arguments: Mapping[str, Any]
    """What the view takes besides, validated: path, query, body and so on, by their names."""
    optional: bool
    """Whether the view takes None too."""


class Parameter:
    """What fills one parameter of a view.

    A view asks for it by an annotation: `Annotated[int, ThisParameter()]`, or a class (which may
    be generic) whose classmethod `bulkhead_parameter` takes the arguments in its brackets and
    returns the Parameter.
    """

    statuses: frozenset[int] = frozenset()
    """The problems that it may answer beside those of every endpoint, for the document."""

    def bind(self, operation: Operation) -> None:
        """Raise where the operation can't have it, once its component is installed."""

    def sent(self, *, optional: bool) -> Mapping[str, tuple[Any, Param]]:
        """Return what it reads of the request, by the name that clients use.

        Each is a type and ninja's `Query(...)`, `Header(...)` or `Cookie(...)`, which validate it,
        refuse it with 422, and document it.
        """
        del optional
        return {}

    def fill(self, call: Call, sent: Mapping[str, Any]) -> object:
        """Return the argument, of what was sent, or raise.

        It runs in the event loop where the view does, so that it must not ask a database.
        """
        raise NotImplementedError

    def returned(self, call: Call, argument: object, result: Any) -> Any:
        """Return what the view's result becomes; `argument` is what `fill` returned."""
        del call, argument
        return result

    def describe(self, operation: Operation, details: dict[str, Any], *, optional: bool) -> None:
        """Change what the document says of the operation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """A parameter of one view, which Bulkhead fills."""

    name: str
    parameter: Parameter
    optional: bool

    def sent(self) -> Iterator[tuple[str, str, Any, Param]]:
        """Return each thing that is read of the request: argument, name, type and source."""
        for name, (annotation, source) in self.parameter.sent(optional=self.optional).items():
            yield f"{self.name}__{name.replace('-', '_')}", name, annotation, source

    def value(self, call: Call, values: Mapping[str, Any]) -> object:
        """Return the argument, of the values that ninja has read for it."""
        sent = {name: values[argument] for argument, name, _, _ in self.sent()}
        return self.parameter.fill(call, sent)


def shown_to_ninja(view: View, methods: list[str]) -> tuple[View, tuple[Filled, ...]]:
    """Return the view as ninja is to see it, and the parameters that Bulkhead fills."""
    signature = read_signature(view)
    filled = tuple(_found(signature))
    names = {each.name for each in filled}
    kept = [each for name, each in signature.parameters.items() if name not in names]
    shown = with_bodies(signature.replace(parameters=kept), methods)
    return (view if shown == signature else _showing(view, shown, filled)), filled


def fill_parameters(operation: Operation, filled: tuple[Filled, ...]) -> None:
    """Let an operation call its view with the parameters that Bulkhead fills."""
    if not filled:
        return
    for each in filled:
        each.parameter.bind(operation)
    view = operation.view_func
    sent = {argument for each in filled for argument, *_ in each.sent()}

    def call(request: HttpRequest, **values: Any) -> Any:
        own = {name: value for name, value in values.items() if name not in sent}
        told: list[_Told] = []
        for each in filled:
            called = Call(
                request=request, operation=operation, arguments=own, optional=each.optional
            )
            own[each.name] = each.value(called, values)
            told.append((each.parameter, called, own[each.name]))
        return _returned(view(request, **own), told)

    operation.view_func = update_wrapper(call, view)


_Told = tuple[Parameter, Call, object]


def _returned(result: Any, told: list[_Told]) -> Any:
    """Return what all parameters make of a result, at once or once it is there."""
    if inspect.isawaitable(result):

        async def later() -> Any:
            return _returned(await result, told)

        return later()
    for parameter, call, argument in told:
        result = parameter.returned(call, argument, result)
    return result


def read_signature(view: View) -> inspect.Signature:
    """Return a view's signature, with every annotation that is a string evaluated."""
    names = getattr(inspect.unwrap(view), "__globals__", {})
    signature = inspect.signature(view)
    parameters = [
        each.replace(annotation=_evaluated(each.annotation, names))
        for each in signature.parameters.values()
    ]
    answer = _evaluated(signature.return_annotation, names)
    return signature.replace(parameters=parameters, return_annotation=answer)


def parameter_of(annotation: Any) -> Parameter | None:
    """Return what fills a parameter of this annotation, or None where ninja does."""
    if get_origin(annotation) is Annotated:
        inner, *metadata = get_args(annotation)
        found = (each for each in metadata if isinstance(each, Parameter))
        return next(found, None) or parameter_of(inner)
    make = getattr(get_origin(annotation) or annotation, "bulkhead_parameter", None)
    made = None if make is None else make(*get_args(annotation))
    return made if isinstance(made, Parameter) else None


def _evaluated(annotation: Any, names: dict[str, Any]) -> Any:
    return annotation if annotation is inspect.Signature.empty else evaluated(annotation, names)


def _found(signature: inspect.Signature) -> Iterator[Filled]:
    for name, parameter in signature.parameters.items():
        allowed = _members(parameter.annotation)
        made = [each for each in map(parameter_of, allowed) if each is not None]
        if made:
            yield Filled(name=name, parameter=made[0], optional=NoneType in allowed)


def _members(annotation: Any) -> tuple[Any, ...]:
    """Return the types of a union, without taking off what says how one is filled."""
    if parameter_of(annotation) is not None:
        return (annotation,)
    inner = _inside(annotation)
    if inner is not annotation:
        return _members(inner)
    if len(members(annotation)) < 2:  # noqa: PLR2004 - no union
        return ()
    return tuple(each for part in get_args(annotation) for each in _members(part) or (part,))


def _inside(annotation: Any) -> Any:
    """Return what an alias stands for, or what is annotated."""
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[0]
    return named(annotation)


def _showing(view: View, signature: inspect.Signature, filled: tuple[Filled, ...]) -> View:
    """Return a copy of the view with the signature that ninja is to read."""
    if not isinstance(view, FunctionType):
        msg = f"{view!r} is no function, so that its parameters can't be filled."
        raise TypeError(msg)
    shown = FunctionType(
        view.__code__, view.__globals__, view.__name__, view.__defaults__, view.__closure__
    )
    shown.__kwdefaults__ = view.__kwdefaults__
    update_wrapper(shown, view)
    vars(shown)["__signature__"] = signature
    ours = [
        (argument, type_, source) for each in filled for argument, _, type_, source in each.sent()
    ]
    vars(shown)["_ninja_contribute_args"] = [*vars(shown).get("_ninja_contribute_args", ()), *ours]
    return shown
