"""Checks of what components offer in `public/`: E050 to E059."""

from __future__ import annotations

import ast
import inspect
import sys
from collections.abc import Iterator
from types import FunctionType, ModuleType
from typing import Any

from django.core.checks import CheckMessage, Error

from bulkhead.checks.subjects import check, placed
from bulkhead.components import ComponentConfig, component_of_module, installed_components
from bulkhead.exposed import (
    ExposedFunction,
    Publisher,
    errors_of,
    exposed_functions,
    is_exposed,
    public_modules,
    recorded_functions,
)
from bulkhead.hints import evaluated, shown
from bulkhead.plain_data import Direction, Leak, leaks

_PUBLISHER_IDS = {
    "class": "bulkhead.E057",
    "field": "bulkhead.E058",
    "type": "bulkhead.E058",
    "extra": "bulkhead.E059",
}


@check
def check_public(**_kwargs: Any) -> list[CheckMessage]:
    """Read every component's `public/`, and report all that can't cross to another component."""
    return [
        placed(message, component.label)
        for component in installed_components()
        for message in _component(component)
    ]


def _component(component: ComponentConfig) -> Iterator[CheckMessage]:
    modules = public_modules(component)
    for entry in exposed_functions(component):
        yield from _signature(entry)
        yield from _errors(entry, component)
    yield from _places(component, modules)
    yield from _bare_functions(component, modules)
    for module in modules:
        yield from _publishers(module)


def _signature(entry: ExposedFunction) -> Iterator[CheckMessage]:
    signature = inspect.signature(entry.function)
    for parameter in signature.parameters.values():
        if parameter.annotation is inspect.Parameter.empty:
            yield _unsaid(entry, f"what {parameter.name} is")
        else:
            says = f"takes {parameter.name}: {shown(parameter.annotation)}"
            yield from _annotation(entry, says, parameter.annotation, direction="in")
    returned = signature.return_annotation
    if returned is inspect.Signature.empty:
        yield _unsaid(entry, "what it returns")
    else:
        yield from _annotation(entry, f"returns {shown(returned)}", returned, direction="out")


def _annotation(
    entry: ExposedFunction, says: str, annotation: Any, *, direction: Direction
) -> Iterator[CheckMessage]:
    namespace = inspect.unwrap(entry.function).__globals__
    try:
        found = list(leaks(evaluated(annotation, namespace), direction=direction))
    except NameError as error:
        yield _absent(f"{_dotted(entry)} {says}", str(error.name), entry.module)
    except Exception as error:  # noqa: BLE001 - an annotation may be any expression
        yield Error(
            f"{_dotted(entry)} {says}, which can't be read: {error}.",
            hint="Correct the annotation.",
            id="bulkhead.E052",
        )
    else:
        for leak in found:
            yield _leak(f"{_dotted(entry)} {says}", leak)


def _unsaid(entry: ExposedFunction, what: str) -> Error:
    return Error(
        f"{_dotted(entry)} does not say {what}.",
        hint="Annotate it with plain data.",
        id="bulkhead.E051",
    )


def _leak(says: str, leak: Leak) -> Error:
    if leak.absent_from is not None:
        return _absent(f"{says}, with the fields of {leak.where}", leak.part, leak.absent_from)
    inside = f"{leak.where}: " if leak.where else ""
    return Error(
        f"{says}, but {inside}{leak.part} is {leak.what}.", hint=leak.hint, id="bulkhead.E050"
    )


def _absent(says: str, name: str, module: str) -> Error:
    if name in _imported_for_type_checkers(module):
        return Error(
            f"{says}, but {name} is imported under TYPE_CHECKING: it is not there at run time.",
            hint=f"Import {name} in {module} outside `if TYPE_CHECKING`.",
            id="bulkhead.E052",
        )
    return Error(
        f"{says}, but {module} has no {name}.",
        hint="Correct the name, or import it.",
        id="bulkhead.E052",
    )


def _imported_for_type_checkers(module: str) -> set[str]:
    tree = ast.parse(inspect.getsource(sys.modules[module]))
    return {
        alias.asname or alias.name
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and "TYPE_CHECKING" in ast.unparse(block.test)
        for node in block.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }


def _errors(entry: ExposedFunction, component: ComponentConfig) -> Iterator[CheckMessage]:
    public = f"{component.name}.public"
    for error in entry.declared or ():
        if error not in errors_of(component):
            yield Error(
                f"{_dotted(entry)} may raise {error.__name__}, which {public} does not re-export: "
                f"no caller can name it.",
                hint=_way_to_an_error(error, component),
                id="bulkhead.E054",
            )


def _way_to_an_error(error: type[Exception], component: ComponentConfig) -> str:
    public, module = f"{component.name}.public", error.__module__
    if component_of_module(module) is component or module.partition(".")[0] == "bulkhead":
        return f"Import it in {public}: from {module} import {error.__name__}."
    return (
        f"It is no error of {component.label}: define one in its domain, raise that one instead, "
        f"and import it in {public}."
    )


def _places(component: ComponentConfig, modules: list[ModuleType]) -> Iterator[CheckMessage]:
    public = f"{component.name}.public"
    inside = {module.__name__ for module in modules}
    offered = [inspect.unwrap(held) for held in _functions(modules[0])] if modules else []
    for entry in recorded_functions(component):
        if entry.module not in inside:
            yield Error(
                f"{_dotted(entry)} bears @exposed, but stands outside {public}: "
                f"no other component may import it.",
                hint=f"Write a function in {public} that calls it, and put @exposed on that one.",
                id="bulkhead.E055",
            )
        elif inspect.unwrap(entry.function) not in offered:
            yield Error(
                f"{_dotted(entry)} bears @exposed, but is not to be found in {public} itself.",
                hint=f"Import it in {public}: from {entry.module} import {entry.name}.",
                id="bulkhead.E056",
            )


def _bare_functions(
    component: ComponentConfig, modules: list[ModuleType]
) -> Iterator[CheckMessage]:
    bare = {
        f"{held.__module__}.{held.__qualname__}": module.__name__
        for module in modules
        for held in _functions(module)
        if not is_exposed(held) and component_of_module(held.__module__) is component
    }
    for name, module in sorted(bare.items()):
        yield Error(
            f"{name} can be called through {module}, but is not exposed.",
            hint="Put @exposed above it, or import its module instead of the function, "
            "or let its name begin with an underscore.",
            id="bulkhead.E053",
        )


def _publishers(module: ModuleType) -> Iterator[CheckMessage]:
    for name, held in vars(module).items():
        for problem in held.problems if isinstance(held, Publisher) else ():
            yield Error(
                f"{module.__name__}.{name} = {held!r} can't copy. {problem.text}",
                hint=problem.hint,
                id=_PUBLISHER_IDS[problem.kind],
            )


def _functions(module: ModuleType) -> list[FunctionType]:
    """Return the functions that a module offers: those without a leading underscore."""
    held = vars(module).items()
    return [value for name, value in held if isinstance(value, FunctionType) and name[0] != "_"]


def _dotted(entry: ExposedFunction) -> str:
    return f"{entry.module}.{entry.name}"
