"""The classes and functions of all files, with what they inherit from; each file when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple, Protocol

from bulkhead.crossings.reading.facts import Class, FileFacts, Function, Term, Value


class Definition(Protocol):
    """Where a name is defined."""

    @property
    def symbol(self) -> str:
        """Its dotted name there."""


class Names(Protocol):
    """Tells where dotted names are defined, through re-exports and stars."""

    def definition(self, dotted: str, /) -> Definition | None:
        """Return where a name is defined."""

    def dotted(self, term: Term, /) -> str:
        """Return the dotted name that a term spells; empty where it is anything else."""


class Attribute(NamedTuple):
    """What a class assigns in its body, or a method of it to `self`."""

    owner: str
    """The dotted name of the class."""

    line: int
    value: Value


class _Module(NamedTuple):
    """What one file defines, by its qualified name."""

    classes: Mapping[str, Class]
    functions: Mapping[str, Function]


class Classes:
    """Tells what stands in a class, and in what it inherits from."""

    def __init__(self, facts: Mapping[str, FileFacts], names: Names) -> None:
        self._facts = facts
        self._names = names
        self._lines: dict[str, tuple[str, ...]] = {}
        self._modules: dict[str, _Module] = {}
        self._own: dict[str, Mapping[str, Attribute]] = {}

    def one(self, symbol: str) -> Class | None:
        """Return the class of a dotted name."""
        module, name = self._divided(symbol)
        return self._module(module).classes.get(name) if name else None

    def function(self, symbol: str) -> Function | None:
        """Return the function or method of a dotted name."""
        module, name = self._divided(symbol)
        return self._module(module).functions.get(name) if name else None

    def defined(self, dotted: str) -> str:
        """Return the dotted name of a definition; the name itself where it is none of ours."""
        found = self._names.definition(dotted)
        return dotted if found is None else found.symbol

    def named(self, term: Term) -> str:
        """Return the definition that a term names; empty where it is no name."""
        dotted = self._names.dotted(term)
        return self.defined(dotted) if dotted else ""

    def variable(self, symbol: str) -> Value:
        """Return what a variable of a module is given."""
        module, _, name = symbol.rpartition(".")
        return self._facts[module].values.get(name) if module in self._facts else None

    def is_variable(self, symbol: str) -> bool:
        """Return whether a module of the project gives this name a value."""
        module, _, name = symbol.rpartition(".")
        return module in self._facts and name in self._facts[module].values

    def is_module(self, symbol: str) -> bool:
        """Return whether this is a module of the project."""
        return symbol in self._facts

    def is_ours(self, symbol: str) -> bool:
        """Return whether this is a module, class or function of the project."""
        if self.is_module(symbol) or self.one(symbol) is not None:
            return True
        return self.function(symbol) is not None

    def line(self, symbol: str) -> tuple[str, ...]:
        """Return a class and what it inherits from, the nearest first; others by their names."""
        if symbol not in self._lines:
            self._lines[symbol] = (symbol,)  # a class that inherits from itself
            found = dict.fromkeys((symbol,))
            for base in self.bases(symbol):
                found.update(dict.fromkeys(self.line(base)))
            self._lines[symbol] = tuple(found)
        return self._lines[symbol]

    def bases(self, symbol: str) -> Iterator[str]:
        """Yield the dotted names of what a class inherits from itself."""
        one = self.one(symbol)
        for base in one.bases if one is not None else ():
            yield from self._base(base)

    def attribute(self, symbol: str, name: str) -> Attribute | None:
        """Return what a class assigns to a name, or inherits."""
        for one in self.line(symbol):
            if (found := self.own(one).get(name)) is not None:
                return found
        return None

    def own(self, symbol: str) -> Mapping[str, Attribute]:
        """Return what the body of a class assigns, and what its methods assign to `self`."""
        if symbol not in self._own:
            one = self.one(symbol)
            self._own[symbol] = {} if one is None else _assigned(symbol, one)
        return self._own[symbol]

    def method(self, symbol: str, name: str, *, above: bool = False) -> str | None:
        """Return the function of this name in a class or what it inherits from.

        With `above` only in the latter.
        """
        for one in self.line(symbol)[1 if above else 0 :]:
            if self.function(found := f"{one}.{name}") is not None:
                return found
        return None

    def nested(self, symbol: str, name: str) -> str | None:
        """Return the class of this name inside a class or what it inherits from."""
        for one in self.line(symbol):
            if self.one(found := f"{one}.{name}") is not None:
                return found
        return None

    def outside(self, symbol: str) -> Iterator[str]:
        """Yield the names of what it inherits from that is not of the project."""
        return (one for one in self.line(symbol) if self.one(one) is None)

    def around(self, function: str) -> str | None:
        """Return the class that a method stands in."""
        around = function.rpartition(".")[0]
        return around if self.one(around) is not None else None

    def _base(self, term: Term) -> Iterator[str]:
        match term:
            case ("of", base, _):
                yield from self._base(base)
            case ("call", ("attribute", base, "from_queryset"), arguments):
                yield from self._base(base)
                for argument in arguments:
                    if isinstance(argument, tuple) and argument[0] == "term":
                        yield from self._base(argument[1])
            case _:
                if symbol := self.named(term):
                    yield from self._meant(symbol)

    def _meant(self, symbol: str) -> Iterator[str]:
        """Yield a class, or what a variable stands for: `Base = Manager.from_queryset(Rows)`."""
        match self.variable(symbol) if self.one(symbol) is None else None:
            case ("term", ("call", _, _) as made):
                yield from self._base(made)
            case _:
                yield symbol

    def _divided(self, symbol: str) -> tuple[str, str]:
        """Return the module of a name, and the rest of it; none where it is not of the project."""
        module = symbol.rpartition(".")[0]
        while module and module not in self._facts:
            module = module.rpartition(".")[0]
        return module, symbol[len(module) + 1 :] if module else ""

    def _module(self, module: str) -> _Module:
        if module not in self._modules:
            facts = self._facts[module]
            self._modules[module] = _Module(
                {one.name: one for one in reversed(facts.classes)},
                {one.name: one for one in reversed(facts.functions)},
            )
        return self._modules[module]


def _assigned(symbol: str, one: Class) -> Mapping[str, Attribute]:
    """Return each name once, with either of what it is given; the body of the class comes first."""
    found: dict[str, Attribute] = {}
    for name, line, value in (*one.attributes, *one.instance):
        before = found.get(name)
        if before is None:
            found[name] = Attribute(symbol, line, value)
        elif value is not None:
            found[name] = before._replace(value=("either", (before.value, value)))
    return found
