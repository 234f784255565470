"""What terms and values say by themselves, before anything is resolved."""

from __future__ import annotations

from collections.abc import Iterator

from bulkhead.crossings.reading.facts import Call, Term, Value

_HOLDING = {"item", "instance", "attribute", "entered"}


def dotted(term: Term) -> str:
    """Return the dotted name that a term is written as; empty where it is none."""
    match term:
        case ("name", str(name)):
            return name
        case ("attribute", owner, str(name)) if before := dotted(owner):
            return f"{before}.{name}"
    return ""


def last_name(term: Term) -> str:
    """Return the last name of a term: of a call that of its function."""
    match term:
        case ("name", str(name)):
            return name.rpartition(".")[2]
        case ("attribute", _, str(name)):
            return name
        case ("call", function, *_):
            return last_name(function)
    return ""


def chain(term: Term) -> Iterator[Term]:
    """Yield a term, and all that its chain of attributes and calls is made of, down to its root."""
    while term is not None:
        yield term
        match term:
            case (
                ("attribute", inner, *_)
                | ("call", inner, *_)
                | ("item", inner)
                | ("entered", inner)
                | ("of", inner, *_)
            ):
                term = inner
            case _:
                return


def names_in(term: Term) -> Iterator[str]:
    """Yield every dotted name in a term, such as an annotation, in the order they are written."""
    if name := dotted(term):
        yield name
        return
    for part in _parts(term):
        yield from names_in(part)


def _parts(term: Term) -> tuple[Term, ...]:
    match term:
        case ("either", tuple(parts)):
            return parts
        case ("of", generic, tuple(arguments)):
            return (generic, *arguments)
        case (str(kind), inner, *_) if kind in _HOLDING:
            return (inner,)
    return ()


def term_of(value: Value) -> Term:
    """Return the term that a value is; None for a string, a list, or what can't be told."""
    return value[1] if isinstance(value, tuple) and value[0] == "term" else None


def options_of(value: Value) -> tuple[Value, ...]:
    """Return what a value may be: one thing, or several where it is set twice or by a condition."""
    match value:
        case ("either", tuple(options)):
            return tuple(one for option in options for one in options_of(option))
    return (value,)


def items_of(value: Value) -> tuple[Value, ...]:
    """Return all that a list holds, whichever it may be; of anything else itself."""
    found: list[Value] = []
    for option in options_of(value):
        match option:
            case ("list", tuple(items)):
                found.extend(one for item in items for one in items_of(item))
            case _:
                found.append(option)
    return tuple(found)


def is_constant(value: Value) -> bool:
    """Return whether a value is a constant other than a string, such as None."""
    return isinstance(value, tuple) and value[0] == "constant"


def has_argument(call: Call, place: int, *names: str) -> bool:
    """Return whether a call gives this argument, by its place or by one of its names."""
    return len(call.arguments) > place or any(name in names for name, _ in call.keywords)


def argument(call: Call, place: int, *names: str) -> Value:
    """Return what a call gives, by place or name; None where it isn't given or can't be told."""
    if len(call.arguments) > place:
        return call.arguments[place]
    return next((value for name, value in call.keywords if name in names), None)
